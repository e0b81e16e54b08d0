package dev.freshcut.notificationworker.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the worker tells people of, and when not.
 *
 * @param staleAfter a notice is not made of a change that was committed longer ago, 1 min to 30 d
 * @param remember how long a notice that was sent, or a reminder's plan, is remembered in Redis, 1
 *     h to 60 d; the ledger in the database remembers longer
 */
@ConfigurationProperties("freshcut.notifications")
public record NotificationSettings(
    @DefaultValue("24h") Duration staleAfter, @DefaultValue("14d") Duration remember) {
  private static final String PREFIX = "freshcut.notifications.";

  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public NotificationSettings {
    Check.between(PREFIX + "stale-after", staleAfter, Duration.ofMinutes(1), Duration.ofDays(30));
    Check.between(PREFIX + "remember", remember, Duration.ofHours(1), Duration.ofDays(60));
  }
}
