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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From rows to providers, over real servers. */
@ExtendWith(SharedWorker.class)
class NotificationIT {
  private final WorkerFixture fixture;
  private final TestDatabase database;
  private final Shop shop;

  NotificationIT(WorkerFixture fixture) {
    this.fixture = fixture;
    this.database = fixture.database;
    this.shop = new Shop(fixture, Shop.BERLIN);
  }

  private void awaitSent(String... ids) {
    eventually().untilAsserted(() -> assertThat(fixture.email.ids()).containsExactly(ids));
  }

  @Test
  void aBookingIsConfirmedRemindedOfMovedAndCancelled() {
    Instant first = shop.inDays(3);
    long id = shop.booked(first);
    fixture.stream();
    String confirmed = "confirmed:" + id + ":1:email";
    awaitSent(confirmed);
    eventually().until(() -> fixture.ledger(confirmed).equals("sent"));
    Notification notification = fixture.email.sent().getFirst();
    assertThat(notification.recipient().email()).isEqualTo("grace@example.org");
    assertThat(notification.recipient().zone()).isEqualTo(Shop.BERLIN);
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
                Shop.reminder(id, first, 1_440, "email"), first.minus(Duration.ofDays(1)),
                Shop.reminder(id, first, 120, "email"), first.minus(Duration.ofHours(2))));

    Instant second = shop.inDays(5);
    database.move(id, second);
    fixture.stream();
    String moved = "moved:" + id + ":2:email";
    awaitSent(confirmed, moved);
    String day = Shop.reminder(id, second, 1_440, "email");
    String hours = Shop.reminder(id, second, 120, "email");
    eventually()
        .untilAsserted(() -> assertThat(fixture.scheduled("email")).containsOnlyKeys(day, hours));

    fixture.pass(Duration.between(fixture.clock.instant(), second.minus(Duration.ofDays(1))));
    awaitSent(confirmed, moved, day);

    database.status(id, "cancelled");
    fixture.stream();
    awaitSent(confirmed, moved, day, "cancelled:" + id + ":3:email");
    eventually().untilAsserted(() -> assertThat(fixture.scheduled("email")).isEmpty());
    fixture.pass(Duration.ofDays(2));
    assertThat(fixture.status("email").running()).isZero();
    assertThat(fixture.email.sent()).hasSize(4);
    assertThat(fixture.sms.asked()).as("without consent").isZero();
  }

  @Test
  void ofTwoMovesToOtherBarbersTheLastIsToldOf() {
    long id = shop.booked(shop.inDays(3));
    fixture.stream();
    String confirmed = "confirmed:" + id + ":1:email";
    awaitSent(confirmed);
    for (int i = 0; i < 2; i++) {
      long other = database.barber(shop.id);
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
    long id = shop.booked(shop.customer, shop.inDays(3), "pending");
    fixture.stream();
    awaitSent("requested:" + id + ":1:email");
    database.move(id, shop.inDays(4));
    fixture.stream();
    awaitSent("requested:" + id + ":1:email", "moved:" + id + ":2:email");
    database.status(id, "cancelled");
    fixture.stream();
    eventually().until(() -> fixture.email.sent().size() == 3);
    assertThat(fixture.email.sent())
        .extracting(each -> ((Content.OfAppointment) each.content()).certain())
        .containsExactly(false, false, false);

    long certain = shop.booked(shop.inDays(5));
    database.status(certain, "cancelled");
    fixture.stream();
    String cancelled = "cancelled:" + certain + ":2:email";
    eventually().untilAsserted(() -> assertThat(fixture.email.ids()).contains(cancelled));
    assertThat(((Content.OfAppointment) fixture.email.sent().getLast().content()).certain())
        .isTrue();
  }

  @Test
  void movedAwayAndBackIsRemindedOfOnce() {
    Instant here = shop.inDays(3);
    long id = shop.booked(here);
    fixture.stream();
    eventually().until(() -> fixture.scheduled("email").size() == 2);
    database.move(id, shop.inDays(8));
    fixture.stream();
    String there = Shop.reminder(id, shop.inDays(8), 120, "email");
    eventually().until(() -> fixture.scheduled("email").containsKey(there));
    database.move(id, here);
    fixture.stream();
    String day = Shop.reminder(id, here, 1_440, "email");
    String hours = Shop.reminder(id, here, 120, "email");
    eventually()
        .untilAsserted(() -> assertThat(fixture.scheduled("email")).containsOnlyKeys(day, hours));
    fixture.pass(Duration.between(fixture.clock.instant(), here.minus(Duration.ofHours(1))));
    eventually().untilAsserted(() -> assertThat(fixture.email.ids()).contains(day, hours));
    assertThat(fixture.email.ids()).doesNotHaveDuplicates().doesNotContain(there);
  }

  @Test
  void smsAreForThoseWhoConsentedAndNotForTheNight() {
    database.consent(shop.id, shop.customer);
    Instant night = shop.inDays(1).atZone(Shop.BERLIN).withHour(23).toInstant();
    fixture.pass(Duration.between(fixture.clock.instant(), night));
    Instant startsAt = shop.inDays(4);
    long id = shop.booked(startsAt);
    fixture.stream();
    awaitSent("confirmed:" + id + ":1:email");
    String sms = "confirmed:" + id + ":1:sms";
    Instant morning = shop.inDays(1).atZone(Shop.BERLIN).withHour(8).toInstant();
    eventually()
        .untilAsserted(() -> assertThat(fixture.scheduled("sms")).containsEntry(sms, morning));
    fixture.pass(Duration.between(fixture.clock.instant(), morning));
    eventually().untilAsserted(() -> assertThat(fixture.sms.ids()).containsExactly(sms));
  }

  @Test
  void whatIsDelayedIntoTheNightWaitsForTheMorningUncounted() {
    database.consent(shop.id, shop.customer);
    Instant evening = shop.inDays(1).atZone(Shop.BERLIN).withHour(20).toInstant();
    fixture.pass(Duration.between(fixture.clock.instant(), evening));
    fixture.sms.answer(n -> new SendResult.Throttled("429", Duration.ofHours(2)));
    long id = shop.booked(shop.inDays(4));
    fixture.stream();
    eventually().until(() -> fixture.sms.asked() == 1);
    eventually().until(() -> fixture.status("sms").running() == 0);
    fixture.sms.answer(n -> new SendResult.Sent("x"));

    fixture.pass(Duration.ofHours(3));
    String sms = "confirmed:" + id + ":1:sms";
    Instant morning = shop.inDays(1).atZone(Shop.BERLIN).withHour(8).toInstant();
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
    Instant startsAt = shop.inDays(6);
    long id = shop.booked(startsAt);
    fixture.stream();
    eventually().until(() -> fixture.scheduled("email").size() == 2);

    database.insert(
        "notification_settings",
        "location_id",
        "(location_id, reminder_minutes) VALUES (?, '{2880}')",
        shop.id);
    fixture.stream();
    eventually()
        .untilAsserted(
            () ->
                assertThat(fixture.scheduled("email"))
                    .containsOnlyKeys(Shop.reminder(id, startsAt, 2_880, "email")));

    database.insert(
        "notification_preferences",
        "customer_id",
        "(customer_id, location_id, reminder_minutes, time_zone) VALUES (?, ?, '{60}', ?)",
        shop.customer,
        shop.id,
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
                    .isEqualTo(Map.of(Shop.reminder(id, startsAt, 60, "email"), evening)));

    database.update("notification_preferences", "customer_id", shop.customer, "email = false");
    fixture.stream();
    eventually().untilAsserted(() -> assertThat(fixture.scheduled("email")).isEmpty());
  }
}
