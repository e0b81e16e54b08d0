package dev.freshcut.notificationworker.sending;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of an attempt to send. Reasons are for operators and have no personal data. */
public sealed interface SendResult {
  /**
   * The provider took it.
   *
   * @param providerId its name for the message, if it gave one
   */
  record Sent(@Nullable String providerId) implements SendResult {}

  /** It will never pass: a bad address, a refused content, a template that cannot be rendered. */
  record Permanent(String reason) implements SendResult {}

  /** It failed, for this message, and may pass later. */
  record Temporary(String reason) implements SendResult {}

  /**
   * It was handed over and nobody answered: it may have been taken. It is this message's failure,
   * unless that happens to every message.
   */
  record Unanswered(String reason) implements SendResult {}

  /**
   * The provider asks to wait. For email and SMS everything waits; for webhooks this address.
   *
   * @param after 1 ms or more; waits beyond a day are cut to a day
   */
  record Throttled(String reason, Duration after) implements SendResult {}

  /** The provider cannot be reached, or fails for everybody: everything waits, and grows slower. */
  record Down(String reason) implements SendResult {}

  /**
   * It was not tried, as this side had no room for it: it waits, and the others go on.
   *
   * @param after 1 ms or more
   */
  record NotYet(String reason, Duration after) implements SendResult {}

  /** The receiver asks to be sent nothing any more: the webhook is disabled. */
  record Gone(String reason) implements SendResult {}
}
