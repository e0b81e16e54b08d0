package dev.freshcut.notificationworker.sms;

import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.Sender;
import dev.freshcut.notificationworker.template.TemplateException;
import dev.freshcut.notificationworker.template.Texts;
import java.util.Optional;

/** Sends messages as SMS, in as few parts as the settings allow. */
final class SmsSender implements Sender {
  /** To how many characters names are cut: no more than the parts have room for. */
  private static final int[] NAMES = {100, 40, 25, 16, 10, 7, 5};

  private final SmsProvider provider;
  private final PhoneNumbers numbers;
  private final Texts texts;
  private final int segments;

  SmsSender(SmsProvider provider, PhoneNumbers numbers, Texts texts, int segments) {
    this.provider = provider;
    this.numbers = numbers;
    this.texts = texts;
    this.segments = segments;
  }

  @Override
  public Channel channel() {
    return Channel.SMS;
  }

  @Override
  public SendResult send(Notification notification) throws InterruptedException {
    String typed = notification.recipient().phone();
    Optional<String> to = typed == null ? Optional.empty() : numbers.of(typed);
    if (to.isEmpty()) {
      return new SendResult.Permanent("the phone number is none that can be sent to");
    }
    String text;
    try {
      text = text(notification);
    } catch (TemplateException e) {
      return new SendResult.Permanent(String.valueOf(e.getMessage()));
    }
    return provider.send(to.get(), text);
  }

  private String text(Notification notification) {
    String text = "";
    for (int longest : NAMES) {
      text = texts.sms(notification, longest);
      if (Segments.of(text) <= segments) {
        return text;
      }
    }
    return text;
  }
}
