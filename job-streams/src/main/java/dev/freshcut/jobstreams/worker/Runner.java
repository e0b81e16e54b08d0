package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.RetryPolicy;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import dev.freshcut.jobstreams.store.TakenJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs attempts, each on a virtual thread of its own. */
final class Runner {
  private static final Logger log = LoggerFactory.getLogger(Runner.class);

  /** How long a job of a kind that is unknown here is left to workers that know it. */
  private static final Duration UNKNOWN_WAIT = Duration.ofSeconds(30);

  /** How long one that could not be judged waits for its next attempt. */
  private static final Duration UNJUDGED_WAIT = Duration.ofSeconds(30);

  /** After which nobody will know it any more. */
  private static final Duration UNKNOWN_LIMIT = Duration.ofDays(1);

  private final String queue;
  private final Handlers handlers;
  private final Running running;
  private final Settler settler;
  private final JobListener listener;
  private final Clock clock;
  private final LongSupplier nanos;

  Runner(
      String queue,
      Handlers handlers,
      Running running,
      Settler settler,
      JobListener listener,
      Clock clock,
      LongSupplier nanos) {
    this.queue = queue;
    this.handlers = handlers;
    this.running = running;
    this.settler = settler;
    this.listener = listener;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Begins an attempt.
   *
   * @param afterwards called once its end is noted, or is nobody's business any more
   */
  void start(TakenJob job, Session session, Runnable afterwards) {
    Attempt attempt = new Attempt(job, session, System.nanoTime());
    running.add(attempt);
    if (session.isLost()) {
      attempt.stop(Stop.LEASE_LOST);
    }
    Thread.ofVirtual()
        .name("job-" + job.id())
        .start(
            () -> {
              try {
                run(attempt);
              } finally {
                running.remove(attempt);
                afterwards.run();
              }
            });
  }

  /** Gives back what was taken too late. */
  void giveBack(TakenJob job, Session session) {
    settle(job, session, Verdicts.STOPPED, Duration.ZERO);
  }

  private void run(Attempt attempt) {
    Verdict verdict;
    try {
      verdict = verdict(attempt);
    } catch (Throwable e) {
      // Without a verdict it would count as running for as long as this worker lives.
      log.error("queue {}: job {} could not be judged; it has failed", queue, attempt.id(), e);
      verdict = unjudged(attempt, e);
    }
    if (verdict != null) {
      Duration took = Duration.ofNanos(System.nanoTime() - attempt.startedNanos);
      settle(attempt.job, attempt.session, verdict, took);
    } else {
      listener.ended(queue, attempt.job.type(), JobListener.End.LOST, Duration.ZERO);
    }
  }

  /** Says nothing that the failure would have to be asked for: asking may be what failed. */
  private Verdict unjudged(Attempt attempt, Throwable failure) {
    Registration<?> registration = handlers.find(queue, attempt.job.type());
    RetryPolicy policy = registration == null ? RetryPolicy.defaults() : registration.policy();
    String reason = "could not be judged: " + failure.getClass().getSimpleName();
    return attempt.attempt() >= policy.attempts()
        ? new Verdict.Dead(reason)
        : new Verdict.Retry(reason, UNJUDGED_WAIT);
  }

  private void settle(TakenJob job, Session session, Verdict verdict, Duration took) {
    Settlement settlement = new Settlement(job.id(), job.lease(), verdict);
    settler.add(new Settler.Ended(session, job.type(), settlement, took));
  }

  private @Nullable Verdict verdict(Attempt attempt) {
    TakenJob job = attempt.job;
    Registration<?> registration = handlers.find(queue, job.type());
    if (registration == null || job.version() > registration.type().version()) {
      return unknown(job);
    }
    Registration.Prepared prepared;
    try {
      prepared = registration.prepare(job);
    } catch (IllegalArgumentException e) {
      log.warn("queue {}: job {} is given up: {}", queue, job.id(), e.getMessage());
      return new Verdict.Dead(String.valueOf(e.getMessage()));
    }
    Instant due = job.dueAt();
    Duration waited = Duration.between(due, clock.instant());
    listener.started(queue, job.type(), waited.isNegative() ? Duration.ZERO : waited);
    return run(attempt, registration, prepared);
  }

  private @Nullable Verdict run(
      Attempt attempt, Registration<?> registration, Registration.Prepared prepared) {
    Verdicts verdicts =
        new Verdicts(registration.policy(), registration.timeout(), ThreadLocalRandom.current());
    // Between its being taken and now this process may have been frozen for long.
    if (!attempt.session.live(nanos.getAsLong())) {
      attempt.stop(Stop.LEASE_LOST);
    }
    Stop stop = attempt.stopped();
    if (stop != null) {
      return Verdicts.notBegun(stop);
    }
    Outcome outcome;
    try {
      attempt.begin(registration.timeout());
      outcome = Objects.requireNonNull(prepared.run(attempt), "its handler returned null");
    } catch (Throwable e) {
      attempt.end();
      Verdict verdict = verdicts.of(e, attempt.attempt(), attempt.stopped());
      log.warn(
          "queue {}: job {} of type {} failed in attempt {}: {}",
          queue,
          attempt.id(),
          attempt.job.type(),
          attempt.attempt(),
          verdict == null ? "its lease was lost" : verdict,
          attempt.stopped() == null ? e : null);
      return verdict;
    }
    attempt.end();
    return verdicts.of(outcome, attempt.attempt(), attempt.stopped());
  }

  /** While workers are replaced one by one, some do not know yet what others already enqueue. */
  private Verdict unknown(TakenJob job) {
    String kind = job.type() + " version " + job.version();
    Instant since = job.unknownSince();
    if (since != null && clock.instant().isAfter(since.plus(UNKNOWN_LIMIT))) {
      return new Verdict.Dead("no worker knows " + kind);
    }
    log.warn(
        "queue {}: job {} is of a kind that is unknown here ({}); left to other workers for {}",
        queue,
        job.id(),
        kind,
        UNKNOWN_WAIT);
    return new Verdict.Unknown("a worker does not know " + kind, UNKNOWN_WAIT);
  }
}
