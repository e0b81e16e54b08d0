package dev.freshcut.notificationworker;

import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.Sender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A provider that says what a test wants it to say. */
final class FakeSender implements Sender {
  private final Channel channel;
  private final List<Notification> sent = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Function<Notification, SendResult> answer =
      notification -> new SendResult.Sent("p-" + notification.id());

  FakeSender(Channel channel) {
    this.channel = channel;
  }

  void answer(Function<Notification, SendResult> newAnswer) {
    answer = newAnswer;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public SendResult send(Notification notification) {
    asked.incrementAndGet();
    SendResult result = answer.apply(notification);
    if (result instanceof SendResult.Sent) {
      sent.add(notification);
    }
    return result;
  }

  /** How often it was asked to send something. */
  int asked() {
    return asked.get();
  }

  /** What it took, in order. */
  List<Notification> sent() {
    return sent;
  }

  List<String> ids() {
    return sent.stream().map(Notification::id).toList();
  }
}
