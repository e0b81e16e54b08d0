package dev.freshcut.notificationworker.sms;

import dev.freshcut.notificationworker.sending.SendResult;

/** Hands text messages to those who bring them to phones. */
public interface SmsProvider {
  /**
   * Hands over one message and returns when the provider has answered or has had its time. Safe for
   * use by many threads.
   *
   * @param to as E.164 writes it
   */
  SendResult send(String to, String text) throws InterruptedException;
}
