package dev.freshcut.notificationworker;

import static dev.freshcut.notificationworker.WorkerFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is told, and of what, when that changes before it is sent. */
@ExtendWith(SharedWorker.class)
class AudienceIT {
  private final WorkerFixture fixture;
  private final TestDatabase database;
  private final Shop shop;

  AudienceIT(WorkerFixture fixture) {
    this.fixture = fixture;
    this.database = fixture.database;
    this.shop = new Shop(fixture, Shop.BERLIN);
  }

  private void passUntil(Instant instant) {
    fixture.pass(Duration.between(fixture.clock.instant(), instant));
  }

  private void awaitEnded(String queue, String id) {
    eventually()
        .until(
            () ->
                fixture
                    .store()
                    .find(queue, id)
                    .filter(job -> job.state() == JobState.DONE)
                    .isPresent());
  }

  /** By SMS she hears of what comes after, which the reminders do. */
  @Test
  void consentDoesNotReachBack() {
    passUntil(shop.inDays(1));
    Instant startsAt = shop.inDays(5);
    long before = shop.booked(startsAt);
    database.insert(
        "notification_preferences",
        "customer_id",
        "(customer_id, location_id, sms_consent_at, sms_consent_source) VALUES (?, ?, ?, 'phone')",
        shop.customer,
        shop.id,
        fixture.clock.instant().plusMillis(1).atOffset(ZoneOffset.UTC));
    fixture.pass(Duration.ofSeconds(1));
    long after = shop.booked(startsAt);
    fixture.stream();
    eventually()
        .untilAsserted(
            () -> assertThat(fixture.sms.ids()).containsExactly("confirmed:" + after + ":1:sms"));
    eventually().until(() -> fixture.email.ids().contains("confirmed:" + before + ":1:email"));
    assertThat(fixture.scheduled("sms"))
        .containsOnlyKeys(
            Shop.reminder(before, startsAt, 1_440, "sms"),
            Shop.reminder(before, startsAt, 120, "sms"),
            Shop.reminder(after, startsAt, 1_440, "sms"),
            Shop.reminder(after, startsAt, 120, "sms"));
    assertThat(fixture.ledger("confirmed:" + before + ":1:sms")).isEqualTo("none");
  }

  /** The change that takes it back is not read yet. */
  @Test
  void whoWithdrewConsentGetsNoSms() {
    database.consent(shop.id, shop.customer);
    passUntil(shop.inDays(1).plus(Duration.ofHours(9)));
    Instant startsAt = shop.inDays(3);
    long id = shop.booked(startsAt);
    fixture.stream();
    String notice = "confirmed:" + id + ":1:sms";
    String reminder = Shop.reminder(id, startsAt, 1_440, "sms");
    eventually().until(() -> fixture.scheduled("sms").size() == 3);
    database.update(
        "notification_preferences",
        "customer_id",
        shop.customer,
        "sms_consent_at = NULL, sms_consent_source = NULL");
    passUntil(startsAt.minus(Duration.ofDays(1)).plusSeconds(1));
    for (String each : new String[] {notice, reminder}) {
      eventually()
          .until(
              () ->
                  fixture
                      .ledger(each)
                      .equals("skipped: the customer or the location wants no sms"));
    }
    assertThat(fixture.sms.asked()).isZero();
  }

  /** Nor is she told of what was planned before. */
  @Test
  void nobodyTellsWhoWasAnonymised() {
    Instant startsAt = shop.inDays(3);
    long id = shop.booked(startsAt);
    fixture.stream();
    String day = Shop.reminder(id, startsAt, 1_440, "email");
    eventually().until(() -> fixture.scheduled("email").containsKey(day));
    fixture.awaitIdle("email");
    int told = fixture.email.asked();
    database
        .sql()
        .sql(
            """
            UPDATE customers SET anonymised_at = now(), name = 'nobody', phone = NULL,
              email = 'nobody-' || id || '@example.invalid' WHERE id = ?
            """)
        .param(shop.customer)
        .update();
    passUntil(startsAt.minus(Duration.ofDays(1)).plusSeconds(1));
    awaitEnded("email", day);
    assertThat(fixture.store().find("email", day).orElseThrow().reason())
        .isEqualTo("the appointment is gone, or nobody is to be told of it");
    database.move(id, shop.inDays(4));
    fixture.stream();
    fixture.awaitRead(fixture.name);
    fixture.awaitIdle("email");
    assertThat(fixture.email.asked()).isEqualTo(told);
    assertThat(fixture.scheduled("email")).isEmpty();
  }

  @Test
  void aConfirmationThatAMoveOvertookIsNotSent() {
    long id = shop.booked(shop.inDays(3));
    database.move(id, shop.inDays(4));
    fixture.stream();
    eventually()
        .untilAsserted(
            () -> assertThat(fixture.email.ids()).containsExactly("moved:" + id + ":2:email"));
    eventually()
        .until(
            () ->
                fixture
                    .ledger("confirmed:" + id + ":1:email")
                    .equals("skipped: the appointment has another time"));
    assertThat(fixture.email.asked()).isEqualTo(1);
  }

  /** Whoever books two hours ahead is not reminded a day before. */
  @Test
  void whatWasDueBeforeItWasBookedIsNoReminder() {
    passUntil(shop.inDays(1));
    Instant startsAt = fixture.clock.instant().truncatedTo(ChronoUnit.MINUTES).plusSeconds(7_500);
    Instant tomorrow = startsAt.plus(Duration.ofHours(21));
    long soon = shop.booked(startsAt);
    long later = shop.booked(tomorrow);
    fixture.stream();
    eventually()
        .untilAsserted(
            () ->
                assertThat(fixture.scheduled("email"))
                    .containsOnlyKeys(
                        Shop.reminder(soon, startsAt, 120, "email"),
                        Shop.reminder(later, tomorrow, 120, "email")));
    // Planned anew for another reason, as nobody knows then since when it is so.
    database.insert(
        "notification_settings",
        "location_id",
        "(location_id, reminder_minutes) VALUES (?, '{1440,120,60}')",
        shop.id);
    fixture.stream();
    eventually()
        .untilAsserted(
            () ->
                assertThat(fixture.scheduled("email"))
                    .containsOnlyKeys(
                        Shop.reminder(soon, startsAt, 120, "email"),
                        Shop.reminder(soon, startsAt, 60, "email"),
                        Shop.reminder(later, tomorrow, 120, "email"),
                        Shop.reminder(later, tomorrow, 60, "email")));
    assertThat(fixture.email.ids()).noneMatch(each -> each.startsWith("reminder"));
  }

  /** It begins so early that the reminder came before the night, and that was missed. */
  @Test
  void aReminderThatIsLateDisturbsNobodysNight() {
    Instant day = shop.inDays(3);
    Instant early = day.atZone(Shop.BERLIN).withHour(8).withMinute(15).toInstant();
    Instant late = day.atZone(Shop.BERLIN).withHour(9).toInstant();
    Shop other = new Shop(fixture, ZoneId.of("Europe/Berlin"));
    long tooLate = shop.booked(early);
    long inTime = other.booked(late);
    fixture.stream();
    String first = Shop.reminder(tooLate, early, 120, "email");
    String second = Shop.reminder(inTime, late, 120, "email");
    eventually().until(() -> fixture.scheduled("email").size() == 4);
    Instant evening = day.atZone(Shop.BERLIN).minusDays(1).withHour(20).withMinute(59).toInstant();
    assertThat(fixture.scheduled("email"))
        .containsEntry(first, evening)
        .containsEntry(second, day.atZone(Shop.BERLIN).withHour(8).toInstant());
    passUntil(evening.plus(Duration.ofHours(2)));
    eventually()
        .until(
            () ->
                fixture
                    .ledger(first)
                    .equals("skipped: it came too late, in quiet hours that end too late"));
    passUntil(day.atZone(Shop.BERLIN).withHour(8).toInstant().plusSeconds(1));
    eventually().until(() -> fixture.email.ids().contains(second));
    assertThat(fixture.email.ids()).doesNotContain(first);
  }
}
