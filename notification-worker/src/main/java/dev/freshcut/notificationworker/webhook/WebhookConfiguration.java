package dev.freshcut.notificationworker.webhook;

import dev.freshcut.notificationworker.sending.WebhookSender;
import dev.freshcut.sharedevents.webhook.SecretBox;
import java.net.InetAddress;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Deliveries to webhooks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSettings.class)
public class WebhookConfiguration {
  @Bean
  BoundedLookup webhookNames(WebhookSettings settings) {
    return new BoundedLookup(InetAddress::getAllByName, settings.connectTimeout());
  }

  @Bean
  WebhookSender webhookSender(WebhookSettings settings, BoundedLookup names, Clock clock) {
    Addresses addresses = new Addresses(names, settings.allowLocal());
    return new HttpWebhookSender(
        new SecretBox(WebhookSettings.KEYS, settings.keys()),
        new Http(addresses, settings),
        settings.allowLocal(),
        clock);
  }
}
