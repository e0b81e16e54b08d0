package dev.freshcut.notificationworker.sending;

/** Signs and delivers events. */
public interface WebhookSender {
  /**
   * Delivers one; see {@link Sender#send}. A receiver that is away is {@code Temporary}; {@code
   * Down} is this side's fault, and no webhook's.
   */
  SendResult send(WebhookDelivery delivery) throws InterruptedException;
}
