package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshcut.quickstart.Location.Slots;
import dev.freshcut.quickstart.demo.DemoUser;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A write through the API: a hit becomes a miss becomes fresh. */
@ExtendWith(RunningPlatform.class)
class HttpWritesIT {
  private final Platform platform;
  private final Location location;
  private final Http operator;
  private final long barber;
  private final long other;
  private final LocalDate day;
  private final OffsetDateTime ten;

  HttpWritesIT(Platform platform) throws SQLException {
    this.platform = platform;
    this.location = Location.create(platform);
    this.operator = location.http().as(user("operator"));
    this.barber = location.barbers.get(0);
    this.other = location.barbers.get(1);
    this.day = location.day(7);
    this.ten = location.at(day, 10);
    location.awaitEvictions();
  }

  @Test
  void anAppointmentThatIsMadeMovedAndCancelledIsSeenAtOnce() {
    assertThat(location.cachedSlots(barber, day).offers(ten)).isTrue();
    location.cachedSlots(other, day);
    location.cachedSlots(barber, day.plusDays(1));

    Http.Reply made = book(ten);
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);

    Slots fresh = location.slots(barber, day);
    assertThat(fresh.reply().hit()).isFalse();
    assertThat(fresh.offers(ten)).isFalse();
    assertThat(location.cachedSlots(barber, day).offers(ten)).isFalse();
    assertThat(location.askedOfCache(other, day).reply().hit()).isTrue();
    assertThat(location.askedOfCache(barber, day.plusDays(1)).reply().hit()).isTrue();

    String appointment = "/api/v1/appointments/" + made.json().get("id").asLong();
    Http.Reply moved =
        operator.post(
            appointment + "/move",
            Map.of("startsAt", ten.plusDays(1).toString(), "barberId", other));
    assertThat(moved.status()).as(moved.response().body()).isEqualTo(200);
    assertThat(location.slots(barber, day).offers(ten)).isTrue();
    assertThat(location.slots(other, day.plusDays(1)).offers(ten.plusDays(1))).isFalse();

    assertThat(operator.post(appointment + "/cancel", Map.of()).status()).isEqualTo(200);
    assertThat(location.slots(other, day.plusDays(1)).offers(ten.plusDays(1))).isTrue();
  }

  @Test
  void whoeverIsDeactivatedInTheDatabaseIsOut() throws SQLException {
    DemoUser user = user("client");
    Http client = location.http().as(user);
    await().atMost(Location.PATIENCE).until(() -> client.get("/api/v1/me").hit());
    String activate =
        "update users set active = ? from user_identities i where i.user_id = id and i.email = ?";

    location.sql(activate, false, user.email());
    long committed = System.nanoTime();
    try {
      await()
          .atMost(Location.PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> client.get("/api/v1/me").status() == 401);
      System.out.printf(
          "commit -> deactivated user refused: %.1f ms%n", (System.nanoTime() - committed) / 1e6);
    } finally {
      location.sql(activate, true, user.email());
    }
    await().atMost(Location.PATIENCE).until(() -> client.get("/api/v1/me").status() == 200);
  }

  private DemoUser user(String role) {
    return platform.users().stream().filter(it -> it.role().equals(role)).findFirst().orElseThrow();
  }

  /** 127.0.0.2 is this machine as well, but not the address that all of it listens on. */
  @Test
  void nobodyElseIsLetIn() {
    for (var application :
        List.of(
            platform.api(), platform.connector(), platform.worker(), platform.notifications())) {
      int port = URI.create(Applications.url(application)).getPort();
      assertThatThrownBy(() -> new Socket("127.0.0.2", port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  private Http.Reply book(OffsetDateTime start) {
    return operator.post(
        "/api/v1/appointments",
        Map.of(
            "locationId",
            location.id,
            "barberId",
            barber,
            "serviceId",
            location.service,
            "startsAt",
            start.toString(),
            "customer",
            Map.of("name", "Bea", "email", "bea@example.com")));
  }
}
