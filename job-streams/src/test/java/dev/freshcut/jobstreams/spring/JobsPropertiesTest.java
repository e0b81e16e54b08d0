package dev.freshcut.jobstreams.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.jobstreams.redis.RedisJobStoreSettings;
import dev.freshcut.jobstreams.worker.WorkerSettings;
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
class JobsPropertiesTest {
  private static JobsProperties bind(Map<String, String> given) {
    Map<String, String> prefixed = new HashMap<>();
    given.forEach((name, value) -> prefixed.put("freshcut.jobs." + name, value));
    return new Binder(new MapConfigurationPropertySource(prefixed))
        .bindOrCreate(
            "freshcut.jobs",
            Bindable.of(JobsProperties.class),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true));
  }

  @Test
  void defaults() {
    JobsProperties properties = bind(Map.of());
    assertThat(properties.worker("any")).isEqualTo(WorkerSettings.defaults());
    assertThat(properties.redis()).isEqualTo(RedisJobStoreSettings.defaults());
    assertThat(properties.showPayloads()).isFalse();
  }

  @Test
  void everySettingArrives() {
    JobsProperties properties =
        bind(
            Map.of(
                "namespace", "n",
                "redis-timeout", "1s",
                "any-eviction-policy", "true",
                "name", "w",
                "concurrency", "4",
                "concurrency-of.slow", "2",
                "lease", "30s",
                "drain", "0s",
                "most-losses", "7",
                "show-payloads", "true"));
    assertThat(properties.redis())
        .isEqualTo(new RedisJobStoreSettings("n", Duration.ofSeconds(1), true));
    WorkerSettings settings = new WorkerSettings("w", 4, Duration.ofSeconds(30), Duration.ZERO, 7);
    assertThat(properties.worker("any")).isEqualTo(settings);
    assertThat(properties.worker("slow")).isEqualTo(settings.withConcurrency(2));
    assertThat(properties.showPayloads()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "name, Not a name",
    "concurrency, 0",
    "concurrency, 10001",
    "concurrency-of.q, 0",
    "lease, 499ms",
    "lease, 601s",
    "lease, 5999ms",
    "drain, -1s",
    "drain, 3601s",
    "most-losses, -1",
    "most-losses, 101",
  })
  void boundsOfAWorker(String setting, String value) {
    JobsProperties properties = bind(Map.of(setting, value));
    assertThatThrownBy(() -> properties.worker("q"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("freshcut[.]jobs[.]" + setting + "[: ].*");
  }

  @ParameterizedTest
  @CsvSource({"namespace, a:b", "redis-timeout, 9ms", "redis-timeout, 61s"})
  void boundsOfTheStore(String setting, String value) {
    JobsProperties properties = bind(Map.of(setting, value));
    assertThatThrownBy(properties::redis)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("freshcut.jobs." + setting + " ");
  }
}
