package dev.freshcut.notificationworker;

import static dev.freshcut.notificationworker.WorkerFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.notificationworker.sending.Content;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From rows to providers, over real servers. */
class NotificationIT {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final WorkerFixture fixture = new WorkerFixture();
  private final TestDatabase database = fixture.database;
  private long location;
  private long barber;
  private long service;
  private long customer;

  @BeforeEach
  void people() {
    location = database.location("Fade", "Europe/Berlin");
    barber = database.barber(location);
    service = database.service(location);
    customer = database.customer(location, "grace");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** At two in the afternoon there, so that no reminder falls into quiet hours. */
  private Instant inDays(int days) {
    return fixture
        .clock
        .instant()
        .atZone(BERLIN)
        .truncatedTo(ChronoUnit.DAYS)
        .plusDays(days)
        .withHour(14)
        .toInstant();
  }

  private long booked(Instant startsAt) {
    return database.appointment(location, barber, service, customer, startsAt, "confirmed");
  }

  private static String reminder(long appointment, Instant startsAt, int minutes, String channel) {
    return "reminder:%d:%d:%d:%s"
        .formatted(appointment, startsAt.getEpochSecond(), minutes, channel);
  }

  private void awaitSent(String... ids) {
    eventually().untilAsserted(() -> assertThat(fixture.email.ids()).containsExactly(ids));
  }

  @Test
  void aBookingIsConfirmedRemindedOfMovedAndCancelled() {
    fixture.start();
    Instant first = inDays(3);
    long id = booked(first);
    fixture.stream();
    String confirmed = "confirmed:" + id + ":1:email";
    awaitSent(confirmed);
    eventually().until(() -> fixture.ledger(confirmed).equals("sent"));
    Notification notification = fixture.email.sent().getFirst();
    assertThat(notification.recipient().email()).isEqualTo("grace@example.org");
    assertThat(notification.recipient().zone()).isEqualTo(BERLIN);
    assertThat(notification.location().name()).isEqualTo("Fade");
    assertThat(notification.content())
        .isInstanceOfSatisfying(
            Content.OfAppointment.class,
            content -> {
              assertThat(content.appointment().startsAt()).isEqualTo(first);
              assertThat(content.appointment().service()).isEqualTo("Cut");
              assertThat(content.appointment().barber()).isEqualTo("Ada");
              assertThat(content.appointment().version()).isEqualTo(1);
            });
    assertThat(fixture.scheduled("email"))
        .isEqualTo(
            Map.of(
                reminder(id, first, 1_440, "email"), first.minus(Duration.ofDays(1)),
                reminder(id, first, 120, "email"), first.minus(Duration.ofHours(2))));

    Instant second = inDays(5);
    database.move(id, second);
    fixture.stream();
    String moved = "moved:" + id + ":2:email";
    awaitSent(confirmed, moved);
    String day = reminder(id, second, 1_440, "email");
    String hours = reminder(id, second, 120, "email");
    eventually()
        .untilAsserted(() -> assertThat(fixture.scheduled("email")).containsOnlyKeys(day, hours));

    fixture.pass(Duration.between(fixture.clock.instant(), second.minus(Duration.ofDays(1))));
    awaitSent(confirmed, moved, day);

    database.status(id, "cancelled");
    fixture.stream(List.of(database.last().at(fixture.clock.instant())));
    awaitSent(confirmed, moved, day, "cancelled:" + id + ":3:email");
    eventually().untilAsserted(() -> assertThat(fixture.scheduled("email")).isEmpty());
    fixture.pass(Duration.ofDays(2));
    assertThat(fixture.status("email").running()).isZero();
    assertThat(fixture.email.sent()).hasSize(4);
    assertThat(fixture.sms.asked()).as("without consent").isZero();
  }

  @Test
  void ofTwoMovesToOtherBarbersTheLastIsToldOf() {
    fixture.start();
    long id = booked(inDays(3));
    fixture.stream();
    String confirmed = "confirmed:" + id + ":1:email";
    awaitSent(confirmed);
    for (int i = 0; i < 2; i++) {
      long other = database.barber(location);
      database.update("appointments", "id", id, "barber_id = ?", other);
    }
    fixture.stream();
    awaitSent(confirmed, "moved:" + id + ":3:email");
    eventually()
        .until(
            () ->
                fixture
                    .ledger("moved:" + id + ":2:email")
                    .equals("skipped: the appointment has another barber or service"));
  }

  @Test
  void whatNeverWasCertainHasNoPlaceInCalendars() {
    fixture.start();
    long id = database.appointment(location, barber, service, customer, inDays(3), "pending");
    fixture.stream();
    awaitSent("requested:" + id + ":1:email");
    database.move(id, inDays(4));
    fixture.stream();
    awaitSent("requested:" + id + ":1:email", "moved:" + id + ":2:email");
    database.status(id, "cancelled");
    fixture.stream();
    eventually().until(() -> fixture.email.sent().size() == 3);
    assertThat(fixture.email.sent())
        .extracting(each -> ((Content.OfAppointment) each.content()).certain())
        .containsExactly(false, false, false);

    long certain = booked(inDays(5));
    database.status(certain, "cancelled");
    fixture.stream();
    String cancelled = "cancelled:" + certain + ":2:email";
    eventually().untilAsserted(() -> assertThat(fixture.email.ids()).contains(cancelled));
    assertThat(((Content.OfAppointment) fixture.email.sent().getLast().content()).certain())
        .isTrue();
  }

  @Test
  void movedAwayAndBackIsRemindedOfOnce() {
    fixture.start();
    Instant here = inDays(3);
    long id = booked(here);
    fixture.stream();
    eventually().until(() -> fixture.scheduled("email").size() == 2);
    database.move(id, inDays(8));
    fixture.stream();
    String there = reminder(id, inDays(8), 120, "email");
    eventually().until(() -> fixture.scheduled("email").containsKey(there));
    database.move(id, here);
    fixture.stream();
    String day = reminder(id, here, 1_440, "email");
    String hours = reminder(id, here, 120, "email");
    eventually()
        .untilAsserted(() -> assertThat(fixture.scheduled("email")).containsOnlyKeys(day, hours));
    fixture.pass(Duration.between(fixture.clock.instant(), here.minus(Duration.ofHours(1))));
    eventually().untilAsserted(() -> assertThat(fixture.email.ids()).contains(day, hours));
    assertThat(fixture.email.ids()).doesNotHaveDuplicates().doesNotContain(there);
  }

  @Test
  void smsAreForThoseWhoConsentedAndNotForTheNight() {
    database.consent(location, customer);
    fixture.start();
    Instant night = inDays(1).atZone(BERLIN).withHour(23).toInstant();
    fixture.pass(Duration.between(fixture.clock.instant(), night));
    Instant startsAt = inDays(4);
    long id = booked(startsAt);
    fixture.stream(database.captured().stream().map(c -> c.at(fixture.clock.instant())).toList());
    awaitSent("confirmed:" + id + ":1:email");
    String sms = "confirmed:" + id + ":1:sms";
    Instant morning = inDays(1).atZone(BERLIN).withHour(8).toInstant();
    eventually()
        .untilAsserted(() -> assertThat(fixture.scheduled("sms")).containsEntry(sms, morning));
    fixture.pass(Duration.between(fixture.clock.instant(), morning));
    eventually().untilAsserted(() -> assertThat(fixture.sms.ids()).containsExactly(sms));
  }

  @Test
  void whatIsDelayedIntoTheNightWaitsForTheMorningUncounted() {
    database.consent(location, customer);
    fixture.start();
    Instant evening = inDays(1).atZone(BERLIN).withHour(20).toInstant();
    fixture.pass(Duration.between(fixture.clock.instant(), evening));
    fixture.sms.answer(n -> new SendResult.Throttled("429", Duration.ofHours(2)));
    long id = booked(inDays(4));
    fixture.stream(database.captured().stream().map(c -> c.at(fixture.clock.instant())).toList());
    eventually().until(() -> fixture.sms.asked() == 1);
    eventually().until(() -> fixture.status("sms").running() == 0);
    fixture.sms.answer(n -> new SendResult.Sent("x"));

    fixture.pass(Duration.ofHours(3));
    String sms = "confirmed:" + id + ":1:sms";
    Instant morning = inDays(1).atZone(BERLIN).withHour(8).toInstant();
    eventually()
        .untilAsserted(
            () ->
                assertThat(fixture.scheduled("sms").get(sms))
                    .isBetween(morning.minusSeconds(60), morning.plusSeconds(60)));
    fixture.pass(Duration.between(fixture.clock.instant(), morning.plusSeconds(61)));
    eventually().until(() -> fixture.sms.ids().equals(List.of(sms)));
    eventually()
        .untilAsserted(
            () -> {
              JobRecord job = fixture.store().find("sms", sms).orElseThrow();
              assertThat(job.state()).isEqualTo(JobState.DONE);
              assertThat(job.attempts()).isEqualTo(1);
            });
  }

  @Test
  void preferencesSettingsAndZonesPlanAnew() {
    fixture.start();
    Instant startsAt = inDays(6);
    long id = booked(startsAt);
    fixture.stream();
    eventually().until(() -> fixture.scheduled("email").size() == 2);

    database.insert(
        "notification_settings",
        "location_id",
        "(location_id, reminder_minutes) VALUES (?, '{2880}')",
        location);
    fixture.stream();
    eventually()
        .untilAsserted(
            () ->
                assertThat(fixture.scheduled("email"))
                    .containsOnlyKeys(reminder(id, startsAt, 2_880, "email")));

    database.insert(
        "notification_preferences",
        "customer_id",
        "(customer_id, location_id, reminder_minutes, time_zone) VALUES (?, ?, '{60}', ?)",
        customer,
        location,
        "America/Los_Angeles");
    fixture.stream();
    // An hour before is four in the morning there, and so is the appointment: the evening before.
    Instant evening =
        startsAt
            .atZone(ZoneId.of("America/Los_Angeles"))
            .minusDays(1)
            .withHour(20)
            .withMinute(59)
            .toInstant();
    eventually()
        .untilAsserted(
            () ->
                assertThat(fixture.scheduled("email"))
                    .isEqualTo(Map.of(reminder(id, startsAt, 60, "email"), evening)));

    database.update("notification_preferences", "customer_id", customer, "email = false");
    fixture.stream();
    eventually().untilAsserted(() -> assertThat(fixture.scheduled("email")).isEmpty());
  }

  @Test
  void aReplayOfAWeekSendsNothingTwiceEvenWhereRedisWasEmptied() {
    var worker = fixture.start();
    for (int i = 0; i < 20; i++) {
      long id = booked(inDays(2 + i));
      if (i % 3 == 1) {
        database.move(id, inDays(30 + i));
      }
      if (i % 4 == 0) {
        database.status(id, "cancelled");
      }
    }
    fixture.stream();
    fixture.awaitRead(fixture.name);
    fixture.awaitIdle("email");
    fixture.pass(Duration.between(fixture.clock.instant(), inDays(7).plus(Duration.ofHours(1))));
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
    WorkerFixture.SERVERS.redis().flush();
    fixture.start(fixture.name + "-again");
    fixture.awaitRead(fixture.name + "-again");
    fixture.awaitIdle("email");
    assertThat(fixture.email.ids()).as("with the ledger alone").isEqualTo(before);
    assertThat(fixture.scheduled("email")).isEqualTo(planned);
  }

  @Test
  void badAddressesAndTemplatesThatFailAreDeadLettersWithTheirReason() {
    fixture.start();
    fixture.email.answer(n -> new SendResult.Permanent("550 no such user"));
    long id = booked(inDays(3));
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
    fixture.start();
    fixture.email.answer(n -> new SendResult.Temporary("451 try later"));
    long id = booked(inDays(3));
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
    fixture.start();
    Instant soon = fixture.clock.instant().truncatedTo(ChronoUnit.MINUTES);
    fixture.email.answer(n -> new SendResult.Down("connection refused"));
    // A confirmation of what begins within the hour, and 20 of what comes later.
    long begun = bookedAway(soon.plus(Duration.ofMinutes(40)));
    for (int i = 0; i < 20; i++) {
      booked(inDays(2 + i));
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
    fixture.start();
    fixture.email.answer(n -> new SendResult.Throttled("429", Duration.ofMinutes(10)));
    Instant asked = fixture.clock.instant();
    for (int i = 0; i < 4; i++) {
      booked(inDays(2 + i));
    }
    fixture.stream();
    fixture.awaitRead(fixture.name);
    eventually().until(() -> fixture.email.asked() > 0);
    eventually().until(() -> fixture.status("email").running() == 0);
    assertThat(fixture.status("email").held()).isAfter(asked.plus(Duration.ofMinutes(10)));

    fixture.email.answer(n -> new SendResult.Temporary("once"));
    fixture.pass(Duration.ofMinutes(11));
    eventually().until(() -> fixture.status("email").counters().retried() == 4);
    fixture.email.answer(n -> new SendResult.Sent("x"));
    fixture.pass(Duration.ofMinutes(5));
    eventually().until(() -> fixture.email.sent().size() == 4);
    assertThat(fixture.store().list("email", JobState.DONE, null, 10).jobs())
        .as("that it had to wait is not counted")
        .allMatch(job -> job.attempts() == 2);
  }

  /** It takes connections and never answers, so that messages may or may not have been taken. */
  @Test
  void anHourOfSilenceLosesNothing() {
    fixture.start();
    fixture.email.answer(n -> new SendResult.Unanswered("no answer"));
    for (int i = 0; i < 6; i++) {
      booked(inDays(2 + i));
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

  /** In UTC, so that it fits into one day whenever the test runs. */
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
    long elsewhere = database.location("Away", zone);
    return database.appointment(
        elsewhere,
        database.barber(elsewhere),
        database.service(elsewhere),
        database.customer(elsewhere, "ada"),
        startsAt,
        "confirmed");
  }
}
