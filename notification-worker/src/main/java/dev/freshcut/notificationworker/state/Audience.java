package dev.freshcut.notificationworker.state;

import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.timing.QuietHours;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a customer is told, with what her location says where she says nothing.
 *
 * @param zone in which she reads times and has quiet hours
 * @param email whether she and her location want emails
 * @param smsSince since when she and her location want SMS; null if either does not
 * @param reminderMinutes how long before the start she is reminded
 */
public record Audience(
    ZoneId zone,
    boolean email,
    @Nullable Instant smsSince,
    List<Integer> reminderMinutes,
    QuietHours quiet) {
  /** Whether she is told this way. */
  public boolean wants(Channel channel) {
    return switch (channel) {
      case EMAIL -> email;
      case SMS -> smsSince != null;
    };
  }

  /**
   * Whether she is told this way of what was committed then: consent to SMS does not reach back.
   */
  public boolean wants(Channel channel, Instant committedAt) {
    return switch (channel) {
      case EMAIL -> email;
      case SMS -> smsSince != null && !smsSince.isAfter(committedAt);
    };
  }
}
