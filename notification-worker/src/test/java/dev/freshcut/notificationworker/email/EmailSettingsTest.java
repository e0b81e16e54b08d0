package dev.freshcut.notificationworker.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Sender;
import dev.freshcut.notificationworker.template.TemplateConfiguration;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EmailSettingsTest {
  private static final String PREFIX = "freshcut.notifications.email.";

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withBean(Clock.class, Clock::systemUTC)
          .withUserConfiguration(EmailConfiguration.class, TemplateConfiguration.class);

  @Test
  void defaults() {
    context.run(
        started -> {
          assertThat(started.getBean(EmailSettings.class))
              .isEqualTo(
                  new EmailSettings(
                      null,
                      587,
                      EmailSettings.Security.STARTTLS,
                      null,
                      null,
                      "no-reply@freshcut.example",
                      4,
                      100,
                      Duration.ofSeconds(10),
                      Duration.ofSeconds(10),
                      Duration.ofSeconds(30)));
          assertThat(started).as("no server").doesNotHaveBean(Sender.class);
        });
  }

  @Test
  void serverMakesASender() {
    context
        .withPropertyValues(
            PREFIX + "host=mail.example",
            PREFIX + "username=fade",
            PREFIX + "password=geheim",
            PREFIX + "security=tls")
        .run(
            started -> {
              assertThat(started.getBean(Sender.class).channel()).isEqualTo(Channel.EMAIL);
              assertThat(started.getBean(EmailSettings.class).toString()).doesNotContain("geheim");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "host,' '",
    "port,0",
    "port,65536",
    "connections,0",
    "connections,33",
    "messages-per-connection,0",
    "messages-per-connection,10001",
    "idle,999ms",
    "idle,301s",
    "connect-timeout,99ms",
    "connect-timeout,61s",
    "answer-timeout,99ms",
    "answer-timeout,61s",
    "from,nobody",
    "from,Fade <a@fade.example>",
    "username,fade",
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
  void passwordIsNotSentInTheClear() {
    assertThatThrownBy(
            () ->
                new EmailSettings(
                    "mail.example",
                    25,
                    EmailSettings.Security.NONE,
                    "fade",
                    "geheim",
                    "a@fade.example",
                    1,
                    1,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1)))
        .hasMessageContaining(PREFIX + "security")
        .hasMessageNotContaining("geheim");
  }
}
