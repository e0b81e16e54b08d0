package dev.freshcut.notificationworker.webhook;

import dev.freshcut.notificationworker.settings.Check;
import dev.freshcut.sharedevents.webhook.SecretBox;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Deliveries to webhooks.
 *
 * @param keys as booking-api has them in {@code freshcut.webhooks.keys}: they open the webhooks'
 *     secrets; without any, nothing is delivered
 * @param allowLocal also delivers to this host, for development
 * @param connectTimeout for the look-up of a name, and for a connection, 100 ms to 30 s
 * @param timeout for an exchange, from looking the name up to the answer, 100 ms to 30 s
 * @param connections most that are open at the same time, 1 to 256
 */
@ConfigurationProperties("freshcut.notifications.webhooks")
public record WebhookSettings(
    @DefaultValue List<String> keys,
    @DefaultValue("false") boolean allowLocal,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue("64") int connections) {
  private static final String PREFIX = "freshcut.notifications.webhooks.";

  /** The keys' full name. */
  static final String KEYS = PREFIX + "keys";

  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public WebhookSettings {
    keys = List.copyOf(keys);
    SecretBox.checkKeys(KEYS, keys);
    Check.between(
        PREFIX + "connect-timeout", connectTimeout, Duration.ofMillis(100), Duration.ofSeconds(30));
    Check.between(PREFIX + "timeout", timeout, Duration.ofMillis(100), Duration.ofSeconds(30));
    Check.between(PREFIX + "connections", connections, 1, 256);
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "WebhookSettings[allowLocal=" + allowLocal + ", timeout=" + timeout + "]";
  }
}
