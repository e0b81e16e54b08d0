package dev.freshcut.bookingapi.webhook;

import dev.freshcut.sharedevents.webhook.SecretBox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What webhooks are kept with. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {
  @Bean
  SecretBox secretBox(WebhookSettings settings) {
    return new SecretBox(WebhookSettings.KEYS, settings.keys());
  }
}
