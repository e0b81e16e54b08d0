package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.quickstart.Location.Slots;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a part is away, answers go on and stay right, and the cache returns by itself. */
@ExtendWith(RunningPlatform.class)
class OutagesIT {
  /** The API's default, which quickstart does not change. */
  private static final Duration WATERMARK_BOUND = Duration.ofSeconds(15);

  private static final Duration SLACK = Duration.ofSeconds(30);
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  private final Platform platform;
  private final RunningPlatform.Worker worker;
  private final Location location;
  private final long barber;
  private final LocalDate day;
  private final OffsetDateTime ten;

  OutagesIT(Platform platform, RunningPlatform.Worker worker) throws SQLException {
    this.platform = platform;
    this.worker = worker;
    this.location = Location.create(platform);
    this.barber = location.barbers.getFirst();
    this.day = location.day(7);
    this.ten = location.at(day, 10);
    location.awaitEvictions();
  }

  @Test
  void withoutTheWorkerReadersLeaveTheCacheWithinTheBoundAndReturn() throws SQLException {
    assertThat(location.cachedSlots(barber, day).offers(ten)).isTrue();
    worker.stop();
    long stopped = System.nanoTime();
    try {
      String token = bookBehindTheApi();

      Slots stale = location.askedOfCache(barber, day);
      assertThat(stale.reply().hit()).as("nobody is there to evict").isTrue();
      assertThat(stale.offers(ten)).isTrue();
      Slots asked = location.slots(barber, day, "Consistency-Token", token);
      assertThat(asked.offers(ten)).as("a read with the write's token").isFalse();

      Slots bypassed =
          await("the watermark to become too old")
              .atMost(WATERMARK_BOUND.plus(SLACK))
              .until(
                  () -> location.slots(barber, day),
                  it -> it.reply().cacheStatus().contains("detail=watermark"));
      System.out.printf(
          "worker stopped -> readers bypass the cache: %.1f s (bound %d s)%n",
          seconds(stopped), WATERMARK_BOUND.toSeconds());
      assertThat(bypassed.offers(ten)).isFalse();
    } finally {
      worker.start();
    }
    long started = System.nanoTime();

    Slots back =
        await("hits again")
            .atMost(RECOVERY)
            .until(() -> fresh(location.slots(barber, day)), it -> it.reply().hit());
    System.out.printf("worker started -> hits again: %.1f s%n", seconds(started));
    assertThat(back.offers(ten)).isFalse();
  }

  @Test
  void withoutRedisAnswersGoOnAndTheCacheReturns() throws SQLException {
    location.cachedSlots(barber, day);
    platform.servers().redis().stop();
    try {
      long start = System.nanoTime();
      Slots answered = location.slots(barber, day);
      System.out.printf("first answer without Redis: %.3f s%n", seconds(start));
      assertThat(answered.reply().cacheStatus()).doesNotContain("hit");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
      assertThat(answered.offers(ten)).isTrue();

      bookBehindTheApi();
      fresh(location.slots(barber, day));
    } finally {
      platform.servers().redis().start();
    }
    long started = System.nanoTime();

    Slots back =
        await("hits again")
            .atMost(RECOVERY)
            .until(() -> fresh(location.slots(barber, day)), it -> it.reply().hit());
    System.out.printf("Redis started -> hits again: %.1f s%n", seconds(started));
    assertThat(back.offers(ten)).isFalse();
  }

  private Slots fresh(Slots slots) {
    assertThat(slots.offers(ten)).as(slots.reply().cacheStatus()).isFalse();
    return slots;
  }

  /** Writes an appointment in SQL, and returns the token that the API would have returned. */
  private String bookBehindTheApi() throws SQLException {
    try (Connection connection = platform.database().connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "insert into appointments"
                    + " (location_id, barber_id, service_id, customer_id, starts_at)"
                    + " values (?, ?, ?, ?, ?) returning pg_current_xact_id()::text::bigint")) {
      statement.setLong(1, location.id);
      statement.setLong(2, barber);
      statement.setLong(3, location.service);
      statement.setLong(4, location.customer);
      statement.setObject(5, ten);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return "x1-" + Long.toString(rows.getLong(1), 36);
      }
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
