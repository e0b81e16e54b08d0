package dev.freshcut.notificationworker.webhook;

import dev.freshcut.notificationworker.sending.RetryAfter;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.WebhookDelivery;
import dev.freshcut.notificationworker.sending.WebhookDelivery.Endpoint;
import dev.freshcut.notificationworker.sending.WebhookSender;
import dev.freshcut.sharedevents.webhook.SecretBox;
import dev.freshcut.sharedevents.webhook.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Signs events and posts them. */
final class HttpWebhookSender implements WebhookSender, AutoCloseable {
  /** How long a delivery waits whose name could not be looked up for want of threads. */
  private static final Duration CROWDED = Duration.ofSeconds(15);

  private static final ContentType JSON = ContentType.create("application/json");

  private final SecretBox box;
  private final Http http;
  private final boolean allowLocal;
  private final Clock clock;

  HttpWebhookSender(SecretBox box, Http http, boolean allowLocal, Clock clock) {
    this.box = box;
    this.http = http;
    this.allowLocal = allowLocal;
    this.clock = clock;
  }

  @Override
  public Answer send(WebhookDelivery delivery) throws InterruptedException {
    Endpoint endpoint = delivery.endpoint();
    Optional<String> problem = Target.problem(endpoint.url(), allowLocal);
    if (problem.isPresent()) {
      return Answer.none(new SendResult.Permanent("the webhook's address " + problem.get()));
    }
    if (!box.isUsable()) {
      return Answer.none(new SendResult.Down("nothing can be signed: set " + WebhookSettings.KEYS));
    }
    List<byte[]> secrets;
    try {
      secrets = secrets(endpoint);
    } catch (IllegalStateException e) {
      // Of this webhook alone: its owner gets a new one by a rotation.
      return Answer.none(new SendResult.Temporary("the secret can't be read: " + e.getMessage()));
    }
    // The signed text is divided by full stops.
    String id = delivery.id().replace('.', '_');
    long timestamp = clock.instant().getEpochSecond();
    byte[] body = Body.of(id, delivery);
    HttpPost request = new HttpPost(URI.create(endpoint.url()));
    request.setEntity(new ByteArrayEntity(body, JSON));
    request.setHeader("webhook-id", id);
    request.setHeader("webhook-timestamp", Long.toString(timestamp));
    request.setHeader("webhook-signature", Signature.header(id, timestamp, body, secrets));
    return switch (http.post(request)) {
      case Http.Answer.Status status -> new Answer(result(status), status.code());
      case Http.Answer.NotPublic notPublic ->
          Answer.none(new SendResult.Permanent("the webhook's name stands for no public address"));
      case Http.Answer.Busy busy ->
          Answer.none(new SendResult.NotYet("too many names are being looked up", CROWDED));
      case Http.Answer.None none ->
          Answer.none(new SendResult.Temporary("no answer: " + none.why()));
    };
  }

  private List<byte[]> secrets(Endpoint endpoint) {
    return endpoint.sealedSecrets().stream()
        .map(secret -> box.open(endpoint.webhookId(), secret))
        .toList();
  }

  private SendResult result(Http.Answer.Status answer) {
    String reason = "answered " + answer.code();
    if (answer.code() >= 200 && answer.code() < 300) {
      return new SendResult.Sent(null);
    }
    if (answer.code() == 410) {
      return new SendResult.Gone(reason);
    }
    Optional<Duration> after =
        answer.code() == 429 || answer.code() == 503
            ? Optional.ofNullable(answer.retryAfter())
                .flatMap(text -> RetryAfter.of(text, clock.instant()))
            : Optional.empty();
    if (after.isPresent()) {
      return new SendResult.Throttled(reason, after.get());
    }
    boolean elsewhere = answer.code() >= 300 && answer.code() < 400;
    return new SendResult.Temporary(
        elsewhere ? reason + ", and redirects are not followed" : reason);
  }

  @Override
  public void close() {
    http.close();
  }
}
