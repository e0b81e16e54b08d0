package dev.freshcut.jobstreams.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisJobStoreSettingsTest {
  @Test
  void defaultsAreThoseOfTheDocumentation() {
    assertThat(RedisJobStoreSettings.defaults())
        .isEqualTo(new RedisJobStoreSettings("jobs", Duration.ofSeconds(3), false));
  }

  @Test
  void boundsAreChecked() {
    for (Duration timeout : new Duration[] {Duration.ofMillis(9), Duration.ofSeconds(61)}) {
      assertThatThrownBy(() -> new RedisJobStoreSettings("jobs", timeout, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from 10 ms to 1 minute");
    }
    assertThatThrownBy(() -> new RedisJobStoreSettings("a{b}", Duration.ofSeconds(3), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("namespace");
  }
}
