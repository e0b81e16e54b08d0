package dev.freshcut.bookingapi.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.web.ProblemType;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class BookingPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-20T22:30:00Z"); // 23:30 in Paris
  private static final BookingPolicy POLICY =
      new BookingPolicy(ZoneId.of("Europe/Paris"), 15, 60, 2);

  @Test
  void noticeIsCountedInElapsedTime() {
    assertThat(POLICY.refusal(NOW.plusSeconds(3600), NOW)).isEmpty();
    assertThat(POLICY.refusal(NOW.plusSeconds(3599), NOW)).contains(ProblemType.TOO_SHORT_NOTICE);
    assertThat(POLICY.refusal(NOW.minusSeconds(1), NOW)).contains(ProblemType.TOO_SHORT_NOTICE);
  }

  @Test
  void horizonIsCountedInTheLocationsDays() {
    // Today is the 20th in Paris, so the 22nd is the last day there.
    assertThat(POLICY.refusal(Instant.parse("2026-11-22T22:59:00Z"), NOW)).isEmpty();
    assertThat(POLICY.refusal(Instant.parse("2026-11-22T23:00:00Z"), NOW))
        .contains(ProblemType.BEYOND_HORIZON);
    // Half an hour later it is the 21st there.
    assertThat(POLICY.refusal(Instant.parse("2026-11-22T23:00:00Z"), NOW.plusSeconds(1800)))
        .isEmpty();
  }
}
