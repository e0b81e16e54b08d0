package dev.freshcut.notificationworker;

import static dev.freshcut.notificationworker.WorkerFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.notificationworker.sending.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What providers refuse, and what is done while they are away. */
@ExtendWith(SharedWorker.class)
class ProviderFailureIT {
  private final WorkerFixture fixture;
  private final Shop shop;

  ProviderFailureIT(WorkerFixture fixture) {
    this.fixture = fixture;
    this.shop = new Shop(fixture, Shop.BERLIN);
  }

  private void awaitSent(String... ids) {
    eventually().untilAsserted(() -> assertThat(fixture.email.ids()).containsExactly(ids));
  }

  @Test
  void badAddressesAndTemplatesThatFailAreDeadLettersWithTheirReason() {
    fixture.email.answer(n -> new SendResult.Permanent("550 no such user"));
    long id = shop.booked(shop.inDays(3));
    fixture.stream();
    String job = "confirmed:" + id + ":1:email";
    eventually()
        .until(
            () ->
                fixture
                    .store()
                    .find("email", job)
                    .filter(found -> found.state() == JobState.DEAD)
                    .isPresent());
    assertThat(fixture.store().find("email", job).orElseThrow().reason())
        .contains("550 no such user");
    assertThat(fixture.ledger(job)).isEqualTo("failed: 550 no such user");
    assertThat(fixture.email.asked()).isEqualTo(1);

    // An address that was mended, and an operator.
    fixture.email.answer(n -> new SendResult.Sent("x"));
    assertThat(fixture.store().redrive("email", job)).isTrue();
    awaitSent(job);
    eventually().until(() -> fixture.ledger(job).equals("sent"));
  }

  @Test
  void temporaryFailuresAreTriedThreeTimes() {
    fixture.email.answer(n -> new SendResult.Temporary("451 try later"));
    long id = shop.booked(shop.inDays(3));
    fixture.stream();
    String job = "confirmed:" + id + ":1:email";
    for (int attempt = 1; attempt <= 3; attempt++) {
      int wanted = attempt;
      eventually().until(() -> fixture.email.asked() == wanted);
      eventually().until(() -> fixture.status("email").running() == 0);
      fixture.pass(Duration.ofMinutes(5));
    }
    eventually()
        .until(() -> fixture.store().find("email", job).orElseThrow().state() == JobState.DEAD);
    assertThat(fixture.ledger(job)).isEqualTo("failed: 451 try later");
    assertThat(fixture.email.asked()).isEqualTo(3);
  }

  @Test
  void anHourWithoutTheProviderLosesNothingButWhatHasBegun() {
    Instant soon = fixture.clock.instant().truncatedTo(ChronoUnit.MINUTES);
    fixture.email.answer(n -> new SendResult.Down("connection refused"));
    // A confirmation of what begins within the hour, and 20 of what comes later.
    long begun = bookedAway(soon.plus(Duration.ofMinutes(40)));
    for (int i = 0; i < 20; i++) {
      shop.booked(shop.inDays(2 + i));
    }
    fixture.stream();
    eventually().until(() -> fixture.email.asked() > 0);
    for (int minute = 0; minute < 60; minute += 5) {
      int before = fixture.email.asked();
      fixture.pass(Duration.ofMinutes(5));
      eventually().until(() -> fixture.email.asked() > before);
      eventually().until(() -> fixture.status("email").running() == 0);
    }
    assertThat(fixture.email.sent()).isEmpty();
    int attempts = fixture.email.asked();
    fixture.email.answer(n -> new SendResult.Sent("x"));
    fixture.pass(Duration.ofMinutes(5));
    eventually()
        .untilAsserted(
            () ->
                assertThat(fixture.email.ids().stream().filter(id -> id.startsWith("confirmed")))
                    .hasSize(20)
                    .doesNotHaveDuplicates());
    assertThat(fixture.email.ids()).doesNotContain("confirmed:" + begun + ":1:email");
    assertThat(fixture.status("email").dead()).isZero();
    System.out.println("an hour's outage printed: " + attempts + " attempts for 21 messages");
  }

  /** As it says: by Retry-After, or because it has enough for now. */
  @Test
  void theQueueWaitsAsLongAsTheProviderAsks() {
    fixture.email.answer(n -> new SendResult.Throttled("429", Duration.ofMinutes(10)));
    Instant asked = fixture.clock.instant();
    long retried = fixture.status("email").counters().retried();
    for (int i = 0; i < 4; i++) {
      shop.booked(shop.inDays(2 + i));
    }
    fixture.stream();
    fixture.awaitRead(fixture.name);
    eventually().until(() -> fixture.email.asked() > 0);
    eventually().until(() -> fixture.status("email").running() == 0);
    assertThat(fixture.status("email").held()).isAfter(asked.plus(Duration.ofMinutes(10)));

    fixture.email.answer(n -> new SendResult.Temporary("once"));
    fixture.pass(Duration.ofMinutes(11));
    eventually().until(() -> fixture.status("email").counters().retried() == retried + 4);
    fixture.email.answer(n -> new SendResult.Sent("x"));
    fixture.pass(Duration.ofMinutes(5));
    eventually().until(() -> fixture.email.sent().size() == 4);
    fixture.awaitIdle("email");
    assertThat(fixture.email.ids())
        .as("that it had to wait is not counted")
        .allMatch(id -> fixture.store().find("email", id).orElseThrow().attempts() == 2);
  }

  /** It takes connections and never answers, so that messages may or may not have been taken. */
  @Test
  void anHourOfSilenceLosesNothing() {
    fixture.email.answer(n -> new SendResult.Unanswered("no answer"));
    for (int i = 0; i < 6; i++) {
      shop.booked(shop.inDays(2 + i));
    }
    fixture.stream();
    eventually().until(() -> fixture.email.asked() > 2);
    for (int minute = 0; minute < 75; minute += 15) {
      int before = fixture.email.asked();
      fixture.pass(Duration.ofMinutes(15));
      eventually().until(() -> fixture.email.asked() > before);
      eventually().until(() -> fixture.status("email").running() == 0);
    }
    assertThat(fixture.email.sent()).isEmpty();
    assertThat(fixture.status("email").dead()).isZero();

    fixture.email.answer(n -> new SendResult.Sent("x"));
    fixture.pass(Duration.ofMinutes(15));
    eventually()
        .untilAsserted(
            () ->
                assertThat(fixture.email.ids().stream().filter(id -> id.startsWith("confirmed")))
                    .hasSize(6)
                    .doesNotHaveDuplicates());
    assertThat(fixture.status("email").dead()).isZero();
  }

  /** In a zone in which it fits into one day, whenever the test runs. */
  private long bookedAway(Instant startsAt) {
    // A zone in which it is about noon then.
    int hour = startsAt.atZone(ZoneId.of("UTC")).getHour();
    List<String> zones =
        List.of(
            "Pacific/Auckland",
            "Asia/Tokyo",
            "Asia/Dubai",
            "UTC",
            "America/New_York",
            "Pacific/Honolulu");
    String zone =
        zones.stream()
            .filter(
                each -> {
                  int there = startsAt.atZone(ZoneId.of(each)).getHour();
                  return there >= 9 && there < 20;
                })
            .findFirst()
            .orElseThrow(() -> new AssertionError("no zone for " + hour));
    return new Shop(fixture, ZoneId.of(zone)).booked(startsAt);
  }
}
