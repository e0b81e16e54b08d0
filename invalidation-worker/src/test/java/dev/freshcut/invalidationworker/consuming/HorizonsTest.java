package dev.freshcut.invalidationworker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.Watermark;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HorizonsTest {
  @Test
  void givesTheNewestHorizonThatIsOldEnough() {
    Horizons horizons = new Horizons(Duration.ofMinutes(2));
    for (int second = 0; second < 120; second++) {
      horizons.add(new Watermark(Instant.ofEpochSecond(second), 0, 1000 + second));
      assertThat(horizons.matured()).isEmpty();
    }
    for (int second = 120; second < 1_000; second++) {
      horizons.add(new Watermark(Instant.ofEpochSecond(second), 0, 1000 + second));
      // Samples are about four seconds apart.
      assertThat(horizons.matured().orElseThrow())
          .isBetween(1000L + second - 120 - 5, 1000L + second - 120);
    }
  }
}
