package dev.freshcut.redisaccess.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
class RedisSettingsTest {
  private static final String PREFIX = "freshcut.redis";

  /** Fails if a setting means nothing. */
  private static RedisSettings redis(Map<String, String> given) {
    Map<String, String> prefixed = new HashMap<>();
    given.forEach((name, value) -> prefixed.put(PREFIX + "." + name, value));
    return new Binder(new MapConfigurationPropertySource(prefixed))
        .bindOrCreate(
            PREFIX,
            Bindable.of(RedisSettings.class),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true));
  }

  @Test
  void defaults() {
    assertThat(redis(Map.of()))
        .isEqualTo(new RedisSettings(List.of("redis://localhost:6379"), null, null, 8));
  }

  @Test
  void everySettingArrives() {
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
  @CsvSource({
    "address, ''",
    "address, localhost:6379",
    "address, http://localhost:6379",
    "address, redis://user:secret@localhost:6379",
    "address, 'redis://a:1,redis://localhost'",
    "connections, 1",
    "connections, 257"
  })
  void bounds(String setting, String value) {
    assertThatThrownBy(() -> redis(Map.of(setting, value)))
        .rootCause()
        .hasMessageContaining(PREFIX + "." + setting)
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
