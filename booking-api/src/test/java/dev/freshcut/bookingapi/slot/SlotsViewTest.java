package dev.freshcut.bookingapi.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.slot.SlotPage.Start;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsViewTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 20);
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final SlotPage PAGE =
      new SlotPage(
          new BookingPolicy(PARIS, 30, 60, 1, null, 0, false),
          DATE,
          List.of(
              new Start(Instant.parse("2026-11-20T09:00:00Z"), HALF_HOUR, List.of(1L)),
              new Start(Instant.parse("2026-11-20T09:30:00Z"), HALF_HOUR, List.of(1L, 2L))));

  @Test
  void onePageServesEveryClock() {
    assertThat(startsAt("2026-11-20T08:00:00Z", PARIS))
        .containsExactly("2026-11-20T10:00+01:00", "2026-11-20T10:30+01:00");
    assertThat(startsAt("2026-11-20T08:01:00Z", PARIS)).containsExactly("2026-11-20T10:30+01:00");
    assertThat(startsAt("2026-11-20T08:31:00Z", PARIS)).isEmpty();
    assertThat(startsAt("2026-11-18T12:00:00Z", PARIS)).isEmpty();
  }

  @Test
  void onePageServesEveryZone() {
    assertThat(startsAt("2026-11-19T12:00:00Z", ZoneId.of("America/New_York")))
        .containsExactly("2026-11-20T04:00-05:00", "2026-11-20T04:30-05:00");
    assertThat(startsAt("2026-11-19T12:00:00Z", ZoneId.of("Pacific/Auckland")))
        .containsExactly("2026-11-20T22:00+13:00", "2026-11-20T22:30+13:00");
  }

  private static List<String> startsAt(String now, ZoneId viewer) {
    SlotQuery query = new SlotQuery(7, DATE, BarberChoice.any(), 1);
    return SlotsView.of(query, DATE, List.of(PAGE), Instant.parse(now), viewer).slots().stream()
        .map(slot -> slot.startsAt().toString())
        .toList();
  }
}
