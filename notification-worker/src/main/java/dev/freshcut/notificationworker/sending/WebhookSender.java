package dev.freshcut.notificationworker.sending;

import org.jspecify.annotations.Nullable;

/** Signs and delivers events. */
public interface WebhookSender {
  /**
   * Delivers one; see {@link Sender#send}. A receiver that is away is {@code Temporary}; {@code
   * Down} is this side's fault, and no webhook's.
   */
  Answer send(WebhookDelivery delivery) throws InterruptedException;

  /**
   * What became of an attempt.
   *
   * @param status of the receiver's answer; null if there was none
   */
  record Answer(SendResult result, @Nullable Integer status) {
    /** Without an answer of the receiver. */
    public static Answer none(SendResult result) {
      return new Answer(result, null);
    }
  }
}
