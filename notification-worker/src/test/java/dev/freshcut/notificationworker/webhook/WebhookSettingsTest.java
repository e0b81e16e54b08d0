package dev.freshcut.notificationworker.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.sending.WebhookSender;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WebhookSettingsTest {
  private static final String PREFIX = "freshcut.notifications.webhooks.";

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withBean(Clock.class, Clock::systemUTC)
          .withUserConfiguration(WebhookConfiguration.class);

  @Test
  void defaults() {
    context.run(
        started -> {
          assertThat(started.getBean(WebhookSettings.class))
              .isEqualTo(
                  new WebhookSettings(
                      List.of(), false, Duration.ofSeconds(3), Duration.ofSeconds(10), 64));
          assertThat(started).hasSingleBean(WebhookSender.class);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "keys,short",
    "connect-timeout,99ms",
    "connect-timeout,31s",
    "timeout,99ms",
    "timeout,31s",
    "connections,0",
    "connections,257",
  })
  void bounds(String name, String value) {
    context
        .withPropertyValues(PREFIX + name + "=" + value)
        .run(
            started ->
                assertThat(started)
                    .getFailure()
                    .rootCause()
                    .hasMessageStartingWith(PREFIX + name + " "));
  }

  @Test
  void keysAreNotTold() {
    String key = "0123456789abcdef0123456789abcdef";
    assertThat(
            new WebhookSettings(List.of(key), true, Duration.ofSeconds(1), Duration.ofSeconds(1), 1)
                .toString())
        .doesNotContain(key);
  }
}
