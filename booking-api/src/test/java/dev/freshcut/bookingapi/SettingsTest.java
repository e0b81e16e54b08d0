package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.bookingapi.coherence.ModelSettings;
import dev.freshcut.bookingapi.idempotency.IdempotencySettings;
import dev.freshcut.bookingapi.ratelimit.Quota;
import dev.freshcut.bookingapi.ratelimit.RateLimitSettings;
import dev.freshcut.bookingapi.web.WebSettings;
import dev.freshcut.coherentcache.spring.CacheProperties;
import dev.freshcut.redisaccess.spring.RedisSettings;
import java.io.IOException;
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
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** Each setting's default, and that it arrives. */
class SettingsTest {
  @Test
  void defaults() {
    assertThat(bind("freshcut.booking", BookingSettings.class, Map.of()))
        .isEqualTo(
            new BookingSettings(65_536, Duration.ofSeconds(5), Duration.ofSeconds(2), 3, 60));
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
  void defaultsOfTheWebMechanisms() {
    assertThat(bind("freshcut.web", WebSettings.class, Map.of()))
        .isEqualTo(new WebSettings(List.of()));
    assertThat(bind("freshcut.idempotency", IdempotencySettings.class, Map.of()))
        .isEqualTo(new IdempotencySettings(Duration.ofHours(24), Duration.ofMinutes(10)));
    assertThat(bind("freshcut.rate-limit", RateLimitSettings.class, Map.of()))
        .isEqualTo(
            new RateLimitSettings(
                true,
                new Quota(5, 20, 100),
                new Quota(20, 200, 1000),
                new Quota(30, 500, 5000),
                new Quota(100, 2000, 20_000),
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                20_000));
  }

  @Test
  void settingsOfTheWebMechanismsArrive() {
    assertThat(
            bind(
                "freshcut.web",
                WebSettings.class,
                Map.of("trusted-proxies", "10.0.0.0/8, 2001:db8::1")))
        .isEqualTo(new WebSettings(List.of("10.0.0.0/8", "2001:db8::1")));
    assertThat(
            bind(
                "freshcut.idempotency",
                IdempotencySettings.class,
                Map.of("lifetime", "2d", "sweep-interval", "30s")))
        .isEqualTo(new IdempotencySettings(Duration.ofDays(2), Duration.ofSeconds(30)));
    assertThat(
            bind(
                "freshcut.rate-limit",
                RateLimitSettings.class,
                Map.of(
                    "enabled", "false",
                    "authentication", "1/2/3",
                    "writes", "2/3/4",
                    "analytics", "3/4/5",
                    "reads", "4/5/6",
                    "redis-timeout", "1s",
                    "redis-pause", "2s",
                    "memory-entries", "100")))
        .isEqualTo(
            new RateLimitSettings(
                false,
                new Quota(1, 2, 3),
                new Quota(2, 3, 4),
                new Quota(3, 4, 5),
                new Quota(4, 5, 6),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                100));
  }

  @ParameterizedTest
  @CsvSource({
    "idempotency, lifetime, 59s",
    "idempotency, lifetime, 8d",
    "idempotency, sweep-interval, 999ms",
    "idempotency, sweep-interval, 25h",
    "rate-limit, redis-timeout, 9ms",
    "rate-limit, redis-timeout, 6s",
    "rate-limit, redis-pause, 99ms",
    "rate-limit, redis-pause, 11m",
    "rate-limit, memory-entries, 99",
    "rate-limit, memory-entries, 1000001"
  })
  void webMechanismsBounds(String group, String setting, String value) {
    Class<?> type =
        group.equals("idempotency") ? IdempotencySettings.class : RateLimitSettings.class;
    assertThatThrownBy(() -> bind("freshcut." + group, type, Map.of(setting, value)))
        .rootCause()
        .hasMessageContaining("freshcut.%s.%s is ".formatted(group, setting));
  }

  @ParameterizedTest
  @CsvSource({"reads, 20", "writes, 0/1/1", "analytics, 3/2/4", "authentication, a/b/c"})
  void quotaBounds(String setting, String value) {
    assertThatThrownBy(
            () -> bind("freshcut.rate-limit", RateLimitSettings.class, Map.of(setting, value)))
        .hasStackTraceContaining("the quota " + value)
        .hasStackTraceContaining("freshcut.rate-limit." + setting);
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
                    "write-attempts", "5",
                    "open-appointments-per-client", "52")))
        .isEqualTo(
            new BookingSettings(2048, Duration.ofMillis(700), Duration.ofMillis(500), 5, 52));
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
    "write-attempts, 11",
    "open-appointments-per-client, 0",
    "open-appointments-per-client, 1001"
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
