package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.bookingapi.coherence.ModelSettings;
import dev.freshcut.coherentcache.spring.CacheProperties;
import dev.freshcut.coherentcache.spring.RedisSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** Each setting's default, and that it arrives. */
class SettingsTest {
  @Test
  void defaults() {
    assertThat(bind("freshcut.booking", BookingSettings.class, Map.of()))
        .isEqualTo(new BookingSettings(65_536, Duration.ofSeconds(5), Duration.ofSeconds(2), 3));
    assertThat(bind("freshcut.cache", ModelSettings.class, Map.of()))
        .isEqualTo(new ModelSettings(null));
  }

  /** Where this service differs from the cache's own defaults. */
  @Test
  void defaultsOfItsOwn() throws IOException {
    Binder file =
        new Binder(
            ConfigurationPropertySources.from(
                new YamlPropertySourceLoader()
                    .load("booking-api", new ClassPathResource("booking-api.yml"))));
    assertThat(file.bindOrCreate("freshcut.redis", RedisSettings.class).connections())
        .isEqualTo(32);
    assertThat(file.bindOrCreate("freshcut.cache", CacheProperties.class).evictTimeout())
        .isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void everySettingArrives() {
    assertThat(
            bind(
                "freshcut.booking",
                BookingSettings.class,
                Map.of(
                    "max-body-bytes", "2048",
                    "statement-timeout", "700ms",
                    "lock-timeout", "PT0.5S",
                    "write-attempts", "5")))
        .isEqualTo(new BookingSettings(2048, Duration.ofMillis(700), Duration.ofMillis(500), 5));
    assertThat(bind("freshcut.cache", ModelSettings.class, Map.of("model", "/etc/model.yml")))
        .isEqualTo(new ModelSettings(Path.of("/etc/model.yml")));
  }

  @ParameterizedTest
  @CsvSource({
    "max-body-bytes, 1023",
    "max-body-bytes, 1048577",
    "statement-timeout, 99ms",
    "statement-timeout, 2m",
    "lock-timeout, 99ms",
    "lock-timeout, 61s",
    "write-attempts, 0",
    "write-attempts, 11"
  })
  void bookingBounds(String setting, String value) {
    assertThatThrownBy(
            () -> bind("freshcut.booking", BookingSettings.class, Map.of(setting, value)))
        .rootCause()
        .hasMessageContaining("freshcut.booking." + setting + " is ");
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
    Map<String, String> prefixed = new HashMap<>();
    settings.forEach((name, value) -> prefixed.put(prefix + "." + name, value));
    return new Binder(new MapConfigurationPropertySource(prefixed))
        .bindOrCreate(prefix, Bindable.of(type));
  }
}
