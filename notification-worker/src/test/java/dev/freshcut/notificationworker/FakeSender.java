package dev.freshcut.notificationworker;

import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.Sender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider that says what a test wants it to say. */
final class FakeSender implements Sender {
  /** What it says. */
  @FunctionalInterface
  interface Answer {
    SendResult to(Notification notification) throws InterruptedException;
  }

  private final Channel channel;
  private final List<Notification> sent = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Answer answer = FakeSender::taken;

  FakeSender(Channel channel) {
    this.channel = channel;
  }

  void answer(Answer newAnswer) {
    answer = newAnswer;
  }

  private static SendResult taken(Notification notification) {
    return new SendResult.Sent("p-" + notification.id());
  }

  /** As in the beginning. */
  void reset() {
    answer = FakeSender::taken;
    asked.set(0);
    sent.clear();
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public SendResult send(Notification notification) throws InterruptedException {
    asked.incrementAndGet();
    SendResult result = answer.to(notification);
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
