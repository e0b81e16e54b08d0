package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.Bounds;
import java.nio.charset.StandardCharsets;
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
  private static final int KEY_BYTES = 32;
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  WebhookSettings {
    keys = List.copyOf(keys);
    if (keys.stream().anyMatch(WebhookSettings::isShort)) {
      throw new IllegalArgumentException(
          "freshcut.webhooks.keys has one that is too short: give every instance the same random"
              + " texts of at least %d bytes (openssl rand -hex 32)".formatted(KEY_BYTES));
    }
    Bounds.between("freshcut.webhooks.overlap", overlap, Duration.ZERO, LONGEST_OVERLAP);
  }

  private static boolean isShort(String key) {
    return key.getBytes(StandardCharsets.UTF_8).length < KEY_BYTES;
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "WebhookSettings[allowLocal=" + allowLocal + ", overlap=" + overlap + "]";
  }
}
