package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.JobListener.End;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.RetryPolicy;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What is to become of a job, from what its attempt came to. */
final class Verdicts {
  static final Verdict STOPPED = new Verdict.Release("its worker stopped", Duration.ZERO, false);

  private final RetryPolicy policy;
  private final Duration timeout;
  private final RandomGenerator random;

  Verdicts(RetryPolicy policy, Duration timeout, RandomGenerator random) {
    this.policy = policy;
    this.timeout = timeout;
    this.random = random;
  }

  /**
   * Judges an outcome. What is done is done, also if it was asked to end meanwhile.
   *
   * @return null if the attempt is no longer anybody's business: its lease was lost
   */
  @Nullable Verdict of(Outcome outcome, int attempt, @Nullable Stop stop) {
    return switch (outcome) {
      case Outcome.Done done ->
          new Verdict.Done(done.result() == null ? null : Texts.result(done.result()), null);
      case Outcome.Skipped skipped -> new Verdict.Done(null, skipped.reason());
      case Outcome.Never never -> new Verdict.Dead(never.reason());
      case Outcome.Throttled throttled ->
          stop == null
              ? new Verdict.Release(throttled.reason(), throttled.after(), true)
              : stopped(throttled.reason(), attempt, stop);
      case Outcome.Postponed postponed ->
          stop == null
              ? new Verdict.Postpone(postponed.reason(), postponed.after())
              : stopped(postponed.reason(), attempt, stop);
      case Outcome.Retry retry ->
          stop == null
              ? again(retry.reason(), retry.after(), attempt)
              : stopped(retry.reason(), attempt, stop);
    };
  }

  /** Judges a failure. */
  @Nullable Verdict of(Throwable failure, int attempt, @Nullable Stop stop) {
    String reason = Texts.reason(failure);
    if (stop != null) {
      return stopped(reason, attempt, stop);
    }
    boolean never = policy.never().stream().anyMatch(type -> type.isInstance(failure));
    return never ? new Verdict.Dead(reason) : again(reason, null, attempt);
  }

  /**
   * Judges an attempt that was asked to end before its handler was called.
   *
   * @return null if its lease was lost
   */
  static @Nullable Verdict notBegun(Stop stop) {
    return switch (stop) {
      case CANCELLED -> new Verdict.Cancelled("cancelled before it began");
      case WORKER_STOPS, TIMED_OUT -> STOPPED;
      case LEASE_LOST -> null;
    };
  }

  /** How listeners are to be told of a verdict. */
  static End end(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Done done -> done.skipped() == null ? End.DONE : End.SKIPPED;
      case Verdict.Retry retry -> End.RETRIED;
      case Verdict.Dead dead -> End.DEAD;
      case Verdict.Cancelled cancelled -> End.CANCELLED;
      case Verdict.Release release -> End.RELEASED;
      case Verdict.Postpone postpone -> End.POSTPONED;
      case Verdict.Unknown unknown -> End.RELEASED;
    };
  }

  private @Nullable Verdict stopped(String reason, int attempt, Stop stop) {
    return switch (stop) {
      case CANCELLED -> new Verdict.Cancelled("cancelled while it ran: " + reason);
      case TIMED_OUT -> again("timed out after " + timeout, null, attempt);
      case WORKER_STOPS -> STOPPED;
      case LEASE_LOST -> null;
    };
  }

  private Verdict again(String reason, @Nullable Duration after, int attempt) {
    if (attempt >= policy.attempts()) {
      String attempts = attempt == 1 ? "1 attempt: " : attempt + " attempts: ";
      return new Verdict.Dead(attempts + reason);
    }
    return new Verdict.Retry(reason, after == null ? policy.wait(attempt, random) : after);
  }
}
