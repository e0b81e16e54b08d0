package dev.freshcut.coherentcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.CacheSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Each setting's default, that it arrives, and its bounds. */
class SettingsTest {
  private static final String PREFIX = "freshcut.cache";

  /** Fails if a setting means nothing. */
  private static CacheSettings cache(Map<String, String> given) {
    Map<String, String> prefixed = new HashMap<>();
    given.forEach((name, value) -> prefixed.put(PREFIX + "." + name, value));
    return new Binder(new MapConfigurationPropertySource(prefixed))
        .bindOrCreate(
            PREFIX,
            Bindable.of(CacheProperties.class),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true))
        .toSettings();
  }

  @Test
  void defaults() {
    assertThat(cache(Map.of())).isEqualTo(CacheSettings.defaults());
  }

  @Test
  void everySettingArrives() {
    assertThat(
            cache(
                Map.of(
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
            new CacheSettings(
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
  @CsvSource({"namespace, UPPER", "evict-timeout, 99ms", "max-load-time, 601s", "lease, 61s"})
  void cacheBounds(String setting, String value) {
    assertThatThrownBy(() -> cache(Map.of(setting, value)))
        .hasStackTraceContaining(PREFIX + "." + setting);
  }
}
