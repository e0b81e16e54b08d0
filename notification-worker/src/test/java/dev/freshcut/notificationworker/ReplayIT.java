package dev.freshcut.notificationworker;

import static dev.freshcut.notificationworker.WorkerFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Old changes, read again. */
class ReplayIT {
  private final WorkerFixture fixture = new WorkerFixture();
  private final TestDatabase database = fixture.database;
  private final Shop shop = new Shop(fixture, Shop.BERLIN);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aReplayOfAWeekSendsNothingTwiceEvenWhereRedisWasEmptied() {
    var worker = fixture.start();
    for (int i = 0; i < 20; i++) {
      long id = shop.booked(shop.inDays(2 + i));
      if (i % 3 == 1) {
        database.move(id, shop.inDays(30 + i));
      }
      if (i % 4 == 0) {
        database.status(id, "cancelled");
      }
    }
    fixture.stream();
    fixture.awaitRead(fixture.name);
    fixture.awaitIdle("email");
    fixture.pass(
        Duration.between(fixture.clock.instant(), shop.inDays(7).plus(Duration.ofHours(1))));
    eventually().until(() -> fixture.email.ids().stream().anyMatch(i -> i.startsWith("reminder")));
    fixture.awaitIdle("email");
    List<String> before = List.copyOf(fixture.email.ids());
    Map<String, Instant> planned = fixture.scheduled("email");

    // The same changes again, with the time of a week ago, and as if they had only just happened.
    fixture.stream(database.captured());
    fixture.stream(database.captured().stream().map(c -> c.at(fixture.clock.instant())).toList());
    fixture.awaitRead(fixture.name);
    fixture.awaitIdle("email");
    assertThat(fixture.email.ids()).as("with Redis' memory").isEqualTo(before);

    fixture.stop(worker);
    fixture.emptyRedis();
    fixture.start(fixture.name + "-again");
    fixture.awaitRead(fixture.name + "-again");
    fixture.awaitIdle("email");
    assertThat(fixture.email.ids()).as("with the ledger alone").isEqualTo(before);
    assertThat(fixture.scheduled("email")).isEqualTo(planned);
  }
}
