package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;

/** What came of a wish about webhooks. */
sealed interface WebhookOutcome {
  /** It was done. */
  record Done(WebhookView webhook) implements WebhookOutcome {}

  /** There is no such webhook for the caller. */
  record Missing(long id) implements WebhookOutcome {}

  /** There is no such location for the caller. */
  record NoLocation(long id) implements WebhookOutcome {}

  /** Deliveries can't be sent there. */
  record BadUrl(String reason) implements WebhookOutcome {}

  /** The location has as many as it may have. */
  record Full(int most) implements WebhookOutcome {}

  /** The service has no key to keep secrets with. */
  record NoKey() implements WebhookOutcome {}

  /**
   * What was done.
   *
   * @throws ProblemException if it was not
   */
  default WebhookView answer() {
    return switch (this) {
      case Done done -> done.webhook();
      case Missing missing ->
          throw new ProblemException(ProblemType.WEBHOOK_NOT_FOUND, "Webhook " + missing.id());
      case NoLocation none ->
          throw new ProblemException(ProblemType.LOCATION_NOT_FOUND, "Location " + none.id());
      case BadUrl bad -> throw new ProblemException(Problem.invalid("url", bad.reason()));
      case Full full ->
          throw new ProblemException(
              ProblemType.TOO_MANY_WEBHOOKS,
              "A location has at most %d; delete one.".formatted(full.most()));
      case NoKey none ->
          throw new ProblemException(
              ProblemType.WEBHOOKS_UNAVAILABLE,
              "The service is run without freshcut.webhooks.keys.");
    };
  }
}
