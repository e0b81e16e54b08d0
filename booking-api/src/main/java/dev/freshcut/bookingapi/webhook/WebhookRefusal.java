package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.web.Missing;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;

/** Why something about a webhook was not done, though nothing failed. */
sealed interface WebhookRefusal {
  /** There is no such webhook for the caller. */
  record NoWebhook(long id) implements WebhookRefusal {}

  /** There is no such location for the caller. */
  record NoLocation(long id) implements WebhookRefusal {}

  /** Deliveries can't be sent there. */
  record BadUrl(String reason) implements WebhookRefusal {}

  /** The location has as many as it may have. */
  record Full(int most) implements WebhookRefusal {}

  /** The service has no key to keep secrets with. */
  record NoKey() implements WebhookRefusal {}

  /** As the client is told. */
  default ProblemException problem() {
    return switch (this) {
      case NoWebhook none ->
          new ProblemException(ProblemType.WEBHOOK_NOT_FOUND, "Webhook " + none.id());
      case NoLocation none -> Missing.location(none.id());
      case BadUrl bad -> new ProblemException(Problem.invalid("url", bad.reason()));
      case Full full ->
          new ProblemException(
              ProblemType.TOO_MANY_WEBHOOKS,
              "A location has at most %d; delete one.".formatted(full.most()));
      case NoKey none ->
          new ProblemException(
              ProblemType.WEBHOOKS_UNAVAILABLE,
              "The service is run without freshcut.webhooks.keys.");
    };
  }
}
