package dev.freshcut.notificationworker.event;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import dev.freshcut.notificationworker.dispatch.Closing;
import dev.freshcut.notificationworker.event.Deliveries.Failure;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.WebhookDelivery;
import dev.freshcut.notificationworker.sending.WebhookDelivery.Endpoint;
import dev.freshcut.notificationworker.sending.WebhookSender;
import dev.freshcut.notificationworker.sending.WebhookSender.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers an event. A webhook whose deliveries were given up {@link #MOST_FAILURES} times in a row
 * is disabled, and its location's owners are told.
 */
public final class DeliveryHandler implements JobHandler<DeliveryJob> {
  private static final Logger log = LoggerFactory.getLogger(DeliveryHandler.class);

  /** How long all wait where this side can't deliver at all, which is no webhook's failure. */
  private static final Duration OURS = Duration.ofMinutes(5);

  private static final Duration STORE_PAUSE = Duration.ofSeconds(5);
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

  private final Deliveries deliveries;
  private final WebhookSender sender;
  private final Jobs jobs;
  private final Duration remember;
  private final Clock clock;
  private final Turns turns;

  /**
   * Makes a handler.
   *
   * @param remember how long the id of the job that tells owners counts after its end
   */
  public DeliveryHandler(
      Deliveries deliveries, WebhookSender sender, Jobs jobs, Duration remember, Clock clock) {
    this.remember = remember;
    this.deliveries = deliveries;
    this.sender = sender;
    this.jobs = jobs;
    this.clock = clock;
    this.turns = new Turns(clock);
  }

  @Override
  public Outcome run(DeliveryJob job, JobContext context) throws InterruptedException {
    Optional<Duration> wait = turns.begin(job.webhookId());
    if (wait.isPresent()) {
      return new Outcome.Postponed(Turns.AT_ONCE + " to this webhook are under way", wait.get());
    }
    Instant began = clock.instant();
    try {
      return deliver(job, context);
    } finally {
      turns.end(job.webhookId(), Duration.between(began, clock.instant()));
    }
  }

  private Outcome deliver(DeliveryJob job, JobContext context) throws InterruptedException {
    Optional<Endpoint> found = deliveries.endpoint(job.webhookId());
    if (found.isEmpty()) {
      deliveries.skipped(context.id());
      return Outcome.skipped("the webhook is gone or disabled");
    }
    Event event = job.event();
    if (!deliveries.begin(context.id(), found.get(), event.name())) {
      return Outcome.skipped("it was delivered before");
    }
    Answer answer =
        attempt(
            new WebhookDelivery(
                event.id(), event.name(), event.occurredAt(), found.get(), event.data()));
    Integer status = answer.status();
    return switch (answer.result()) {
      case SendResult.Sent sent -> {
        Closing.note(context, () -> deliveries.delivered(context.id(), job.webhookId(), status));
        yield Outcome.done();
      }
      case SendResult.Permanent permanent ->
          giveUp(job, context, new Failure(permanent.reason(), status), MOST_FAILURES);
      case SendResult.Gone gone -> giveUp(job, context, new Failure(gone.reason(), status), 1);
      case SendResult.Temporary temporary ->
          again(job, context, new Failure(temporary.reason(), status), null);
      case SendResult.Unanswered unanswered ->
          again(job, context, new Failure(unanswered.reason(), status), null);
      case SendResult.Down down -> {
        deliveries.failed(context.id(), new Failure(down.reason(), status));
        yield new Outcome.Throttled(down.reason(), OURS);
      }
      case SendResult.NotYet notYet -> {
        deliveries.failed(context.id(), new Failure(notYet.reason(), status));
        yield new Outcome.Postponed(notYet.reason(), notYet.after());
      }
      case SendResult.Throttled throttled ->
          again(job, context, new Failure(throttled.reason(), status), throttled.after());
    };
  }

  private Answer attempt(WebhookDelivery delivery) throws InterruptedException {
    try {
      return sender.send(delivery);
    } catch (RuntimeException e) {
      log.error("{} was not delivered, because of a fault; will try again", delivery.id(), e);
      return Answer.none(new SendResult.Temporary(e.getClass().getName()));
    }
  }

  private Outcome again(
      DeliveryJob job, JobContext context, Failure failure, @Nullable Duration after) {
    if (context.attempt() > WAITS.size()) {
      return giveUp(job, context, failure, MOST_FAILURES);
    }
    deliveries.failed(context.id(), failure);
    return new Outcome.Retry(
        failure.reason(), after == null ? WAITS.get(context.attempt() - 1) : after);
  }

  /**
   * The owners' job comes first, for the case of a crash; it looks whether it has come to that, and
   * waits while nobody knows.
   */
  private Outcome giveUp(DeliveryJob job, JobContext context, Failure failure, int most) {
    DisabledJob told = new DisabledJob(job.webhookId(), context.id());
    try {
      jobs.enqueue(
          JobRequest.of(DisabledJob.TYPE, told)
              .withId(told.id(), remember)
              .at(clock.instant().plus(GRACE)));
    } catch (StoreUnavailableException e) {
      // To fail would count, and this may be the last attempt.
      return new Outcome.Throttled("the queues are away: " + e.getMessage(), STORE_PAUSE);
    }
    if (deliveries.givenUp(context.id(), job.webhookId(), failure, most)) {
      log.warn("webhook {} was disabled, as its deliveries failed", job.webhookId());
    }
    return Outcome.never(failure.reason());
  }
}
