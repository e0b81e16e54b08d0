package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.bookingapi.coherence.CacheProperties;
import dev.freshcut.bookingapi.coherence.RedisSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Each setting's default, and that it arrives. */
class SettingsTest {
  @Test
  void defaults() {
    assertThat(bind("freshcut.booking", BookingSettings.class, Map.of()))
        .isEqualTo(new BookingSettings(65_536, Duration.ofSeconds(5), Duration.ofSeconds(2), 3));
    assertThat(bind("freshcut.redis", RedisSettings.class, Map.of()))
        .isEqualTo(new RedisSettings(List.of("redis://localhost:6379"), null, null, 32));
    assertThat(bind("freshcut.cache", CacheProperties.class, Map.of()))
        .isEqualTo(
            new CacheProperties(
                null,
                "fc",
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                1 << 20,
                1024,
                false));
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
    assertThat(
            bind(
                "freshcut.redis",
                RedisSettings.class,
                Map.of(
                    "address", "rediss://a:1,rediss://b:2",
                    "username", "u",
                    "password", "p",
                    "connections", "64")))
        .isEqualTo(new RedisSettings(List.of("rediss://a:1", "rediss://b:2"), "u", "p", 64));
    assertThat(
            bind(
                "freshcut.cache",
                CacheProperties.class,
                Map.of(
                    "model", "/etc/model.yml",
                    "namespace", "n",
                    "redis-timeout", "1ms",
                    "evict-timeout", "2s",
                    "max-load-time", "3s",
                    "lease", "4s",
                    "watermark-bound", "0s",
                    "max-value-bytes", "2048",
                    "max-key-bytes", "64",
                    "any-eviction-policy", "true")))
        .isEqualTo(
            new CacheProperties(
                Path.of("/etc/model.yml"),
                "n",
                Duration.ofMillis(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ZERO,
                2048,
                64,
                true));
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

  @ParameterizedTest
  @CsvSource({
    "address, localhost:6379",
    "address, http://localhost:6379",
    "address, redis://user:secret@localhost:6379",
    "address, redis://localhost",
    "connections, 1",
    "connections, 257"
  })
  void redisBounds(String setting, String value) {
    assertThatThrownBy(() -> bind("freshcut.redis", RedisSettings.class, Map.of(setting, value)))
        .rootCause()
        .hasMessageContaining("freshcut.redis." + setting)
        .hasMessageNotContaining("secret");
  }

  @Test
  void passwordIsNotShown() {
    assertThat(new RedisSettings(List.of("redis://a:1"), "u", "secret", 32).toString())
        .doesNotContain("secret");
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
    Map<String, String> prefixed = new HashMap<>();
    settings.forEach((name, value) -> prefixed.put(prefix + "." + name, value));
    return new Binder(new MapConfigurationPropertySource(prefixed))
        .bindOrCreate(prefix, Bindable.of(type));
  }
}
