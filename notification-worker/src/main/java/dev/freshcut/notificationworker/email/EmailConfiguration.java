package dev.freshcut.notificationworker.email;

import dev.freshcut.notificationworker.sending.Sender;
import dev.freshcut.notificationworker.template.Texts;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Email as a sender, if there is a mail server to hand it to. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EmailSettings.class)
public class EmailConfiguration {
  @Bean
  @ConditionalOnProperty("freshcut.notifications.email.host")
  Sender emailSender(EmailSettings settings, Texts texts, Clock clock) {
    return new EmailSender(settings, texts, clock);
  }
}
