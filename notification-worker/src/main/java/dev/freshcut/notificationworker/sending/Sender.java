package dev.freshcut.notificationworker.sending;

/** Renders messages and hands them to a provider; one for email, one for SMS. */
public interface Sender {
  /** By which messages go. */
  Channel channel();

  /**
   * Sends one message and returns when the provider has answered or has had its time. Safe for use
   * by many threads. What is thrown counts as {@link SendResult.Temporary}, with the exception as
   * reason; a template that cannot be rendered is {@link SendResult.Permanent}.
   */
  SendResult send(Notification notification) throws InterruptedException;
}
