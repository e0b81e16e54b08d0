package dev.freshcut.notificationworker.sms;

import dev.freshcut.notificationworker.sending.Sender;
import dev.freshcut.notificationworker.template.Texts;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** SMS as a sender, if there is an account to send them from. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SmsSettings.class)
@ConditionalOnProperty("freshcut.notifications.sms.account")
public class SmsConfiguration {
  @Bean
  SmsProvider smsProvider(SmsSettings settings, Clock clock) {
    return new TwilioProvider(settings, clock);
  }

  @Bean
  Sender smsSender(SmsProvider provider, SmsSettings settings, Texts texts) {
    return new SmsSender(
        provider, new PhoneNumbers(settings.defaultCountry()), texts, settings.segments());
  }
}
