package dev.freshcut.notificationworker;

import static dev.freshcut.notificationworker.WorkerFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.sending.Content;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Webhooks and offers, from rows to who is told. */
@ExtendWith(SharedWorker.class)
class EventIT {
  private final WorkerFixture fixture;
  private final TestDatabase database;
  private final Shop shop;
  private final Instant startsAt;

  EventIT(WorkerFixture fixture) {
    this.fixture = fixture;
    this.database = fixture.database;
    this.shop = new Shop(fixture, ZoneId.of("UTC"));
    this.startsAt = shop.inDays(3);
  }

  private long webhook(String... events) {
    return database
        .sql()
        .sql(
            """
            INSERT INTO webhooks (location_id, url, events, secret)
              VALUES (?, 'https://example.org/hook', ?, '\\x0102') RETURNING id
            """)
        .params(shop.id, events)
        .query(Long.class)
        .single();
  }

  private String deliveries(long webhook) {
    return String.join(
        ",",
        database
            .sql()
            .sql(
                "SELECT state || ':' || attempts FROM webhook_deliveries WHERE webhook_id = ?"
                    + " ORDER BY number")
            .param(webhook)
            .query(String.class)
            .list());
  }

  @Test
  void eventsGoToThoseWhoAskForThem() {
    long wants = webhook("appointment.created", "appointment.cancelled");
    long other = webhook("appointment.completed");
    long id = shop.booked(startsAt);
    database.move(id, startsAt.plus(Duration.ofDays(1)));
    database.status(id, "cancelled");
    fixture.stream();
    eventually().until(() -> deliveries(wants).equals("delivered:1,delivered:1"));
    assertThat(fixture.webhooks.tried())
        .extracting(WebhookDelivery::id)
        .containsExactlyInAnyOrder(
            "appointment.created:" + id + ":1", "appointment.cancelled:" + id + ":3");
    WebhookDelivery created =
        fixture.webhooks.tried().stream()
            .filter(each -> each.event().equals("appointment.created"))
            .findFirst()
            .orElseThrow();
    assertThat(created.data().startsAt()).as("as the event left it").isEqualTo(startsAt);
    assertThat(created.data().status()).isEqualTo("confirmed");
    assertThat(created.endpoint().webhookId()).isEqualTo(wants);
    assertThat(created.endpoint().sealedSecrets()).hasSize(1);
    assertThat(deliveries(other)).isEmpty();
  }

  @Test
  void aDeliveryIsTriedForADayAndThenGivenUp() {
    long webhook = webhook("appointment.created");
    fixture.webhooks.answer(delivery -> new SendResult.Temporary("answered 500"));
    shop.booked(startsAt);
    fixture.stream();
    for (int attempt = 1; attempt <= 6; attempt++) {
      int wanted = attempt;
      eventually().until(() -> fixture.webhooks.tried().size() == wanted);
      eventually().until(() -> fixture.status("webhooks").running() == 0);
      fixture.pass(Duration.ofHours(17));
    }
    eventually().until(() -> deliveries(webhook).equals("failed:6"));
    assertThat(fixture.status("webhooks").dead()).isEqualTo(1);
    assertThat(failures(webhook)).isEqualTo("1 true");
  }

  /** Such as a key that is missing: nobody's webhook is disabled for it. */
  @Test
  void whatThisSideCannotDoIsNoFailureOfAWebhook() {
    long webhook = webhook("appointment.created");
    fixture.webhooks.answer(delivery -> new SendResult.Down("nothing can be signed"));
    shop.booked(startsAt);
    fixture.stream();
    for (int attempt = 1; attempt <= 8; attempt++) {
      int wanted = attempt;
      eventually().until(() -> fixture.webhooks.tried().size() >= wanted);
      eventually().until(() -> fixture.status("webhooks").running() == 0);
      fixture.pass(Duration.ofMinutes(6));
    }
    assertThat(failures(webhook)).isEqualTo("0 true");
    fixture.webhooks.answer(delivery -> new SendResult.Sent(null));
    fixture.pass(Duration.ofMinutes(6));
    eventually().until(() -> deliveries(webhook).startsWith("delivered:"));
  }

  private String failures(long webhook) {
    return database
        .sql()
        .sql("SELECT failures || ' ' || enabled FROM webhooks WHERE id = ?")
        .param(webhook)
        .query(String.class)
        .single();
  }

  @Test
  void afterFiveInARowItIsDisabledAndItsOwnersAreTold() {
    long owner =
        database
            .sql()
            .sql(
                "INSERT INTO users (role, location_id, language) VALUES ('owner', ?, 'de') RETURNING id")
            .param(shop.id)
            .query(Long.class)
            .single();
    database
        .sql()
        .sql(
            "INSERT INTO user_identities (user_id, name, email) VALUES (?, 'Owen', 'o@example.org')")
        .param(owner)
        .update();
    long webhook = webhook("appointment.created");
    fixture.webhooks.answer(delivery -> new SendResult.Permanent("answered 404"));
    for (int i = 0; i < 5; i++) {
      shop.booked(startsAt);
    }
    fixture.stream();
    eventually().until(() -> failures(webhook).equals("5 false"));
    fixture.pass(Duration.ofMinutes(1));
    eventually()
        .until(() -> fixture.email.ids().stream().anyMatch(i -> i.startsWith("webhook_disabled")));
    eventually().until(() -> fixture.status("maintenance").scheduled() == 0);
    List<Notification> told =
        fixture.email.sent().stream()
            .filter(each -> each.content() instanceof Content.DisabledWebhook)
            .toList();
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().recipient().email()).isEqualTo("o@example.org");
    assertThat(told.getFirst().recipient().language().getLanguage()).isEqualTo("de");
    assertThat(told.getFirst().content())
        .isEqualTo(
            new Content.DisabledWebhook(webhook, "https://example.org/hook", "answered 404"));
  }

  @Test
  void anOfferIsToldOfWhileItHolds() {
    String held = held(fixture.clock.instant().plus(Duration.ofHours(1)));
    eventually().untilAsserted(() -> assertThat(fixture.email.ids()).containsExactly(held));
    assertThat(fixture.email.sent().getFirst().content()).isInstanceOf(Content.Offer.class);

    String over = held(fixture.clock.instant().minus(Duration.ofHours(1)));
    eventually().until(() -> fixture.ledger(over).equals("skipped: the offer is over"));
    assertThat(fixture.email.ids()).containsExactly(held);
  }

  private String held(Instant until) {
    long hold =
        database.insert(
            "appointments",
            "id",
            "(location_id, barber_id, service_id, starts_at, status, hold_expires_at)"
                + " VALUES (?, ?, ?, ?, 'held', ?)",
            shop.id,
            database.barber(shop.id),
            shop.service,
            startsAt.atOffset(ZoneOffset.UTC),
            until.atOffset(ZoneOffset.UTC));
    long wish =
        database.insert(
            "waiting_list",
            "id",
            "(location_id, service_id, customer_id, first_date, last_date)"
                + " VALUES (?, ?, ?, current_date, current_date)",
            shop.id,
            shop.service,
            shop.customer);
    database.update("waiting_list", "id", wish, "state = 'offered', appointment_id = ?", hold);
    fixture.stream();
    return "offered:" + wish + ":2:email";
  }
}
