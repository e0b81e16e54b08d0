package dev.freshcut.coherentcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.CacheSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
  /** Fails if a setting means nothing. */
  private static <T> T bind(String prefix, Class<T> type, Map<String, String> given) {
    Map<String, String> prefixed = new HashMap<>();
    given.forEach((name, value) -> prefixed.put(prefix + "." + name, value));
    return new Binder(new MapConfigurationPropertySource(prefixed))
        .bindOrCreate(
            prefix,
            Bindable.of(type),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true));
  }

  private static CacheSettings cache(Map<String, String> given) {
    return bind("freshcut.cache", CacheProperties.class, given).toSettings();
  }

  private static RedisSettings redis(Map<String, String> given) {
    return bind("freshcut.redis", RedisSettings.class, given);
  }

  @Test
  void defaults() {
    assertThat(cache(Map.of())).isEqualTo(CacheSettings.defaults());
    assertThat(redis(Map.of()))
        .isEqualTo(new RedisSettings(List.of("redis://localhost:6379"), null, null, 8));
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
    assertThat(
            redis(
                Map.of(
                    "address", "redis://a:1,rediss://b:2",
                    "username", "u",
                    "password", "p",
                    "connections", "64")))
        .isEqualTo(new RedisSettings(List.of("redis://a:1", "rediss://b:2"), "u", "p", 64));
  }

  @ParameterizedTest
  @CsvSource({"namespace, UPPER", "evict-timeout, 99ms", "max-load-time, 601s", "lease, 61s"})
  void cacheBounds(String setting, String value) {
    assertThatThrownBy(() -> cache(Map.of(setting, value)))
        .hasStackTraceContaining("freshcut.cache." + setting);
  }

  @ParameterizedTest
  @CsvSource({
    "address, ''",
    "address, localhost:6379",
    "address, http://localhost:6379",
    "address, redis://user:secret@localhost:6379",
    "address, 'redis://a:1,redis://localhost'",
    "connections, 1",
    "connections, 257"
  })
  void redisBounds(String setting, String value) {
    assertThatThrownBy(() -> redis(Map.of(setting, value)))
        .rootCause()
        .hasMessageContaining("freshcut.redis." + setting)
        .hasMessageNotContaining("secret");
  }

  @Test
  void bothEndsOfTheBoundOfConnections() {
    for (String connections : List.of("2", "256")) {
      assertThatCode(() -> redis(Map.of("connections", connections))).doesNotThrowAnyException();
    }
  }

  @Test
  void severalAddressesAreACluster() {
    assertThat(redis(Map.of()).toRedisson().isClusterConfig()).isFalse();
    assertThat(redis(Map.of("address", "redis://a:1,redis://b:2")).toRedisson().isClusterConfig())
        .isTrue();
  }

  @Test
  void passwordIsNotShown() {
    assertThat(new RedisSettings(List.of("redis://a:1"), "u", "secret", 8).toString())
        .doesNotContain("secret");
  }
}
