package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.quickstart.demo.DemoUser;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Figures are a while behind the payments that they are of, and no more. */
@ExtendWith(RunningPlatform.class)
class FiguresIT {
  /** Many times the interval of the figures' families, which is {@link RunningPlatform}'s. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Location location;
  private final Http operator;
  private final OffsetDateTime paidAt;
  private final String path;

  FiguresIT(Platform platform) throws SQLException {
    this.location = Location.create(platform);
    DemoUser user =
        platform.users().stream()
            .filter(it -> it.role().equals("operator"))
            .findFirst()
            .orElseThrow();
    this.operator = location.http().as(user);
    LocalDate day = location.day(-7);
    this.paidAt = location.at(day, 12);
    this.path =
        "/api/v1/locations/%d/analytics/revenue?from=%s&to=%s".formatted(location.id, day, day);
    location.appointment(location.barbers.getFirst(), location.at(day, 10));
    location.awaitEvictions();
  }

  @Test
  void paymentsBySqlAreSeenAlsoThoseThatFollowEachOther() throws SQLException {
    awaitHitWith(0);

    pay(1000);
    awaitHitWith(1000);

    // Within the interval that began with the eviction by the first.
    pay(500);
    pay(700);
    awaitHitWith(2200);
  }

  private void pay(int amount) throws SQLException {
    assertThat(
            location.sql(
                """
                insert into payments (location_id, appointment_id, method, status, amount_minor,
                    currency, paid_at)
                  select location_id, id, 'cash', 'settled', ?, currency, ? from appointments
                   where location_id = ?
                """,
                amount,
                paidAt,
                location.id))
        .isOne();
  }

  /** Until the cache itself has it, not a reader who leaves it for a moment. */
  private void awaitHitWith(int net) {
    await("a hit with " + net)
        .atMost(PATIENCE)
        .until(
            () -> operator.get(path),
            reply -> reply.hit() && reply.json().at("/totals/0/netMinor").asInt(0) == net);
  }
}
