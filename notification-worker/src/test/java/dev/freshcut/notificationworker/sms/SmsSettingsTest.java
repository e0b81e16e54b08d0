package dev.freshcut.notificationworker.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Sender;
import dev.freshcut.notificationworker.template.TemplateConfiguration;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SmsSettingsTest {
  private static final String PREFIX = "freshcut.notifications.sms.";

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withBean(Clock.class, Clock::systemUTC)
          .withUserConfiguration(SmsConfiguration.class, TemplateConfiguration.class);

  private final ApplicationContextRunner withAccount =
      context.withPropertyValues(
          PREFIX + "account=AC42", PREFIX + "token=geheim", PREFIX + "from=+4930901820");

  @Test
  void withoutAnAccountThereIsNoSender() {
    context.run(started -> assertThat(started).doesNotHaveBean(Sender.class));
  }

  @Test
  void accountMakesASender() {
    withAccount.run(
        started -> {
          assertThat(started.getBean(Sender.class).channel()).isEqualTo(Channel.SMS);
          assertThat(started.getBean(SmsSettings.class))
              .isEqualTo(
                  new SmsSettings(
                      "AC42",
                      "geheim",
                      "+4930901820",
                      URI.create("https://api.twilio.com"),
                      null,
                      2,
                      Duration.ofSeconds(5),
                      Duration.ofSeconds(15)))
              .asString()
              .doesNotContain("geheim");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "account,a/../b",
    "token,' '",
    "from,''",
    "from,Fade & Sons of Berlin",
    "from,+49 30",
    "url,http://api.twilio.com",
    "url,https://user:pw@api.twilio.com",
    "url,twilio",
    "url,https://sms.example/twilio",
    "url,https://sms.example/#there",
    "default-country,Germany",
    "default-country,XX",
    "segments,1",
    "segments,6",
    "connect-timeout,99ms",
    "connect-timeout,61s",
    "answer-timeout,99ms",
    "answer-timeout,61s",
  })
  void bounds(String name, String value) {
    withAccount
        .withPropertyValues(PREFIX + name + "=" + value)
        .run(
            started ->
                assertThat(started)
                    .getFailure()
                    .rootCause()
                    .hasMessageStartingWith(PREFIX + name + " "));
  }
}
