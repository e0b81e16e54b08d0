package dev.freshcut.bookingapi.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WaitingListSettingsTest {
  @Test
  void defaultsAndSettingsArrive() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new WaitingListSettings(
                Duration.ofMinutes(30), Duration.ofSeconds(2), Duration.ofMinutes(10)));
    assertThat(bind(Map.of("offer", "2h", "sweep-interval", "5s", "recheck-interval", "1h")))
        .isEqualTo(
            new WaitingListSettings(
                Duration.ofHours(2), Duration.ofSeconds(5), Duration.ofHours(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "offer, 59s",
    "offer, 25h",
    "sweep-interval, 99ms",
    "sweep-interval, 61s",
    "recheck-interval, 9s",
    "recheck-interval, 25h"
  })
  void bounds(String setting, String value) {
    assertThatThrownBy(() -> bind(Map.of(setting, value)))
        .rootCause()
        .hasMessageContaining("freshcut.booking.waiting-list." + setting + " is ");
  }

  private static WaitingListSettings bind(Map<String, String> settings) {
    MapConfigurationPropertySource source = new MapConfigurationPropertySource();
    settings.forEach((name, value) -> source.put("freshcut.booking.waiting-list." + name, value));
    return new Binder(source)
        .bindOrCreate("freshcut.booking.waiting-list", WaitingListSettings.class);
  }
}
