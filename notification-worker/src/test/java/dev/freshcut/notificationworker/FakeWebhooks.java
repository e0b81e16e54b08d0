package dev.freshcut.notificationworker;

import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.WebhookDelivery;
import dev.freshcut.notificationworker.sending.WebhookSender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Receivers that say what a test wants them to say. */
final class FakeWebhooks implements WebhookSender {
  private final List<WebhookDelivery> tried = new CopyOnWriteArrayList<>();
  private volatile Function<WebhookDelivery, SendResult> answer =
      delivery -> new SendResult.Sent(null);

  void answer(Function<WebhookDelivery, SendResult> newAnswer) {
    answer = newAnswer;
  }

  /** As in the beginning. */
  void reset() {
    answer = delivery -> new SendResult.Sent(null);
    tried.clear();
  }

  @Override
  public Answer send(WebhookDelivery delivery) {
    tried.add(delivery);
    return Answer.none(answer.apply(delivery));
  }

  List<WebhookDelivery> tried() {
    return tried;
  }
}
