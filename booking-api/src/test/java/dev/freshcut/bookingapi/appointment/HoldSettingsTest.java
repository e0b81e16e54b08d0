package dev.freshcut.bookingapi.appointment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HoldSettingsTest {
  private static final String PREFIX = "freshcut.booking.holds";

  @Test
  void defaults() {
    assertThat(bind(Map.of()))
        .isEqualTo(new HoldSettings(Duration.ofMinutes(10), Duration.ofSeconds(2), 5));
  }

  @Test
  void settingsArrive() {
    assertThat(
            bind(
                Map.of(
                    PREFIX + ".duration", "20m",
                    PREFIX + ".sweep-interval", "1s",
                    PREFIX + ".per-user", "7")))
        .isEqualTo(new HoldSettings(Duration.ofMinutes(20), Duration.ofSeconds(1), 7));
  }

  @ParameterizedTest
  @CsvSource({
    "duration, 9s",
    "duration, 61m",
    "sweep-interval, 99ms",
    "sweep-interval, 2m",
    "per-user, 0",
    "per-user, 101"
  })
  void bounds(String setting, String value) {
    assertThatThrownBy(() -> bind(Map.of(PREFIX + "." + setting, value)))
        .rootCause()
        .hasMessageContaining(PREFIX + "." + setting + " is ");
  }

  private static HoldSettings bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate(PREFIX, HoldSettings.class);
  }
}
