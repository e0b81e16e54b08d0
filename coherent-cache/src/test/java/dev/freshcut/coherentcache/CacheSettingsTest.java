package dev.freshcut.coherentcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CacheSettingsTest {
  private static final CacheSettings DEFAULTS = CacheSettings.defaults();

  @Test
  void defaults() {
    assertThat(DEFAULTS)
        .isEqualTo(
            new CacheSettings(
                "fc",
                Duration.ofMillis(250),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                1_048_576,
                1_024,
                false));
  }

  @ParameterizedTest
  @EnumSource(OutOfBounds.class)
  void boundsAreChecked(OutOfBounds bad) {
    assertThatThrownBy(() -> bad.settings.apply(DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(bad.setting);
  }

  @Test
  void watermarkCheckCanBeSwitchedOff() {
    assertThat(with(DEFAULTS, "fc", 250, 10, 60, 5, 0, 1 << 20, 1_024).watermarkBound()).isZero();
  }

  @SuppressWarnings("ImmutableEnumChecker") // the functions capture nothing
  enum OutOfBounds {
    EMPTY_NAMESPACE("namespace", s -> with(s, "", 250, 10, 60, 5, 15, 1 << 20, 1_024)),
    NAMESPACE_WITH_BRACE("namespace", s -> with(s, "a{b}", 250, 10, 60, 5, 15, 1 << 20, 1_024)),
    NO_REDIS_TIMEOUT("redis-timeout", s -> with(s, "fc", 0, 10, 60, 5, 15, 1 << 20, 1_024)),
    LONG_REDIS_TIMEOUT("redis-timeout", s -> with(s, "fc", 10_001, 10, 60, 5, 15, 1 << 20, 1_024)),
    NO_EVICT_TIMEOUT("evict-timeout", s -> with(s, "fc", 250, 0, 60, 5, 15, 1 << 20, 1_024)),
    LONG_EVICT_TIMEOUT("evict-timeout", s -> with(s, "fc", 250, 301, 60, 5, 15, 1 << 20, 1_024)),
    NO_LOAD_TIME("max-load-time", s -> with(s, "fc", 250, 10, 0, 5, 15, 1 << 20, 1_024)),
    LONG_LOAD_TIME("max-load-time", s -> with(s, "fc", 250, 10, 601, 5, 15, 1 << 20, 1_024)),
    NO_LEASE("lease", s -> with(s, "fc", 250, 10, 60, 0, 15, 1 << 20, 1_024)),
    LONG_LEASE("lease", s -> with(s, "fc", 250, 10, 60, 61, 15, 1 << 20, 1_024)),
    NEGATIVE_BOUND("watermark-bound", s -> with(s, "fc", 250, 10, 60, 5, -1, 1 << 20, 1_024)),
    LONG_BOUND("watermark-bound", s -> with(s, "fc", 250, 10, 60, 5, 3_601, 1 << 20, 1_024)),
    SMALL_VALUES("max-value-bytes", s -> with(s, "fc", 250, 10, 60, 5, 15, 1_023, 1_024)),
    LARGE_VALUES("max-value-bytes", s -> with(s, "fc", 250, 10, 60, 5, 15, (64 << 20) + 1, 1_024)),
    SHORT_KEYS("max-key-bytes", s -> with(s, "fc", 250, 10, 60, 5, 15, 1 << 20, 63)),
    LONG_KEYS("max-key-bytes", s -> with(s, "fc", 250, 10, 60, 5, 15, 1 << 20, 4_097));

    private final String setting;
    private final UnaryOperator<CacheSettings> settings;

    OutOfBounds(String setting, UnaryOperator<CacheSettings> settings) {
      this.setting = setting;
      this.settings = settings;
    }
  }

  private static CacheSettings with(
      CacheSettings base,
      String namespace,
      long redisMillis,
      long evictSeconds,
      long loadSeconds,
      long leaseSeconds,
      long boundSeconds,
      int valueBytes,
      int keyBytes) {
    return new CacheSettings(
        namespace,
        Duration.ofMillis(redisMillis),
        Duration.ofSeconds(evictSeconds),
        Duration.ofSeconds(loadSeconds),
        Duration.ofSeconds(leaseSeconds),
        Duration.ofSeconds(boundSeconds),
        valueBytes,
        keyBytes,
        base.anyEvictionPolicy());
  }
}
