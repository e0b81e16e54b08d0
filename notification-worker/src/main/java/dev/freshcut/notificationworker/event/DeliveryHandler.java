package dev.freshcut.notificationworker.event;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.WebhookDelivery;
import dev.freshcut.notificationworker.sending.WebhookDelivery.Endpoint;
import dev.freshcut.notificationworker.sending.WebhookSender;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers an event. A webhook whose deliveries were given up {@link #MOST_FAILURES} times in a row
 * is disabled, and its location's owners are told.
 */
public record DeliveryHandler(Deliveries deliveries, WebhookSender sender, Jobs jobs, Clock clock)
    implements JobHandler<DeliveryJob> {
  private static final Logger log = LoggerFactory.getLogger(DeliveryHandler.class);
  private static final Duration REMEMBER = Duration.ofDays(14);

  /** How long all wait where this side can't deliver at all, which is no webhook's failure. */
  private static final Duration OURS = Duration.ofMinutes(5);

  private static final Duration GRACE = Duration.ofSeconds(30);

  /** After each attempt but the last, where the receiver does not say: about a day in all. */
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(4),
          Duration.ofHours(16));

  /** Most attempts of one delivery. */
  public static final int ATTEMPTS = WAITS.size() + 1;

  /** Deliveries that are given up in a row before a webhook is disabled. */
  static final int MOST_FAILURES = 5;

  @Override
  public Outcome run(DeliveryJob job, JobContext context) throws InterruptedException {
    Optional<Endpoint> found = deliveries.endpoint(job.webhookId());
    if (found.isEmpty()) {
      return Outcome.skipped("the webhook is gone or disabled");
    }
    Event event = job.event();
    if (!deliveries.begin(context.id(), found.get(), event.name())) {
      return Outcome.skipped("it was delivered before");
    }
    SendResult result =
        attempt(
            new WebhookDelivery(
                event.id(), event.name(), event.occurredAt(), found.get(), event.data()));
    return switch (result) {
      case SendResult.Sent sent -> {
        deliveries.delivered(context.id(), job.webhookId());
        yield Outcome.done();
      }
      case SendResult.Permanent permanent ->
          giveUp(job, context, permanent.reason(), MOST_FAILURES);
      case SendResult.Gone gone -> giveUp(job, context, gone.reason(), 1);
      case SendResult.Temporary temporary -> again(job, context, temporary.reason());
      case SendResult.Down down -> {
        deliveries.failed(context.id(), down.reason());
        yield new Outcome.Throttled(down.reason(), OURS);
      }
      case SendResult.Throttled throttled ->
          again(job, context, new Outcome.Retry(throttled.reason(), throttled.after()));
    };
  }

  private SendResult attempt(WebhookDelivery delivery) throws InterruptedException {
    try {
      return sender.send(delivery);
    } catch (RuntimeException e) {
      log.error("{} was not delivered, because of a fault; will try again", delivery.id(), e);
      return new SendResult.Temporary(e.getClass().getName());
    }
  }

  private Outcome again(DeliveryJob job, JobContext context, String reason) {
    return again(job, context, new Outcome.Retry(reason, null));
  }

  private Outcome again(DeliveryJob job, JobContext context, Outcome.Retry retry) {
    if (context.attempt() > WAITS.size()) {
      return giveUp(job, context, retry.reason(), MOST_FAILURES);
    }
    deliveries.failed(context.id(), retry.reason());
    return retry.after() == null
        ? new Outcome.Retry(retry.reason(), WAITS.get(context.attempt() - 1))
        : retry;
  }

  /** The owners' job comes first, for the case of a crash; it looks whether it has come to that. */
  private Outcome giveUp(DeliveryJob job, JobContext context, String reason, int most) {
    DisabledJob told = new DisabledJob(job.webhookId(), context.id());
    jobs.enqueue(
        JobRequest.of(DisabledJob.TYPE, told)
            .withId(told.id(), REMEMBER)
            .at(clock.instant().plus(GRACE)));
    if (deliveries.givenUp(context.id(), job.webhookId(), reason, most)) {
      log.warn("webhook {} was disabled, as its deliveries failed", job.webhookId());
    }
    return Outcome.never(reason);
  }
}
