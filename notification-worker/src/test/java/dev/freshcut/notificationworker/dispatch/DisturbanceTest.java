package dev.freshcut.notificationworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisturbanceTest {
  /** Quiet from 21:00 to 08:00 in Berlin, which is two hours ahead. */
  @ParameterizedTest
  @CsvSource({
    "2026-06-10T18:59:00Z, 0",
    // Late by less than half an hour.
    "2026-06-10T19:00:00Z, 0",
    "2026-06-10T19:29:59Z, 0",
    "2026-06-10T19:30:00Z, 630",
    "2026-06-10T23:00:00Z, 420",
    "2026-06-11T05:59:00Z, 1",
    "2026-06-11T06:00:00Z, 0",
  })
  void whatIsLateWaitsForTheEndOfQuietHours(Instant now, long minutes) {
    assertThat(Disturbance.at(now, Samples.NIGHT, ZoneId.of("Europe/Berlin")))
        .isEqualTo(minutes == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(minutes)));
  }
}
