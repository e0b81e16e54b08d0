package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.Bounds;
import dev.freshcut.sharedevents.webhook.SecretBox;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What webhooks need.
 *
 * @param keys the first encrypts the webhooks' secrets in the database, and each decrypts what it
 *     encrypted; each of at least 32 bytes, the same on every instance. Without any, webhooks can't
 *     be made
 * @param allowLocal also takes {@code http} addresses of this host, for development
 * @param overlap how long the secret before is good after a new one was made, 0 to 7 days
 */
@ConfigurationProperties("freshcut.webhooks")
record WebhookSettings(
    @DefaultValue List<String> keys,
    @DefaultValue("false") boolean allowLocal,
    @DefaultValue("24h") Duration overlap) {
  /** The keys' full name. */
  static final String KEYS = "freshcut.webhooks.keys";

  private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  WebhookSettings {
    keys = List.copyOf(keys);
    SecretBox.checkKeys(KEYS, keys);
    Bounds.between("freshcut.webhooks.overlap", overlap, Duration.ZERO, LONGEST_OVERLAP);
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "WebhookSettings[allowLocal=" + allowLocal + ", overlap=" + overlap + "]";
  }
}
