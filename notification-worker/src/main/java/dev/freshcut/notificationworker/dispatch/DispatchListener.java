package dev.freshcut.notificationworker.dispatch;

import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Kind;

/** Is told of attempts, to count them. */
@FunctionalInterface
public interface DispatchListener {
  /**
   * An attempt ended.
   *
   * @param result sent, permanent, gone, temporary, unanswered, throttled, down, postponed, skipped
   *     or repeated
   */
  void ended(Kind kind, Channel channel, String result);
}
