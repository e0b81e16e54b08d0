package dev.freshcut.jobstreams;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, as its handler says. An exception is as good as {@link Retry} without a
 * delay, unless the job's {@link RetryPolicy} says that it never passes.
 */
public sealed interface Outcome {
  /** Longest reason that is kept, in characters; the rest is cut. */
  int LONGEST_REASON = 1_000;

  /**
   * It is done.
   *
   * @param result text that can be looked at while the job is retained, 64 KB at most
   */
  record Done(@Nullable String result) implements Outcome {
    /** Most bytes of a result. */
    public static final int LARGEST_RESULT = 65_536;
  }

  /** There was nothing left to do, for this reason; kept as done. */
  record Skipped(String reason) implements Outcome {
    /** Checks that there is a reason. */
    public Skipped {
      Objects.requireNonNull(reason, "skipped for no reason");
    }
  }

  /**
   * It failed and may pass later.
   *
   * @param after how long to wait, at most 366 days; the job's policy decides if absent
   */
  record Retry(String reason, @Nullable Duration after) implements Outcome {
    /** Checks the wait. */
    public Retry {
      Objects.requireNonNull(reason);
      if (after != null) {
        Spans.check("wait of a retry", after);
      }
    }
  }

  /** It failed and will never pass: a dead letter at once. */
  record Never(String reason) implements Outcome {
    /** Checks that there is a reason. */
    public Never {
      Objects.requireNonNull(reason, "given up for no reason");
    }
  }

  /**
   * It could not be tried, as with every other job of the queue: nothing of the queue is begun
   * before {@code after}, and the attempt does not count. For a provider that is down or asks to
   * slow down.
   */
  record Throttled(String reason, Duration after) implements Outcome {
    /** Checks that the wait is 1 ms to 1 day. */
    public Throttled {
      Objects.requireNonNull(reason);
      if (after.toMillis() < 1 || after.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("throttled for " + after + ": from 1 ms to 1 day");
      }
    }
  }

  /**
   * It is not its time yet: the job waits as if it had not begun, and the attempt does not count.
   * For quiet hours and the like, which are nobody's failure. However often that happens, only the
   * job's deadline ends it.
   *
   * @param after how long to wait, 1 ms to 366 days
   */
  record Postponed(String reason, Duration after) implements Outcome {
    /** Checks that there is a reason, and the wait. */
    public Postponed {
      Objects.requireNonNull(reason, "postponed for no reason");
      Spans.checkWait("postponed for", after);
    }
  }

  static Outcome done() {
    return new Done(null);
  }

  static Outcome done(String result) {
    return new Done(result);
  }

  static Outcome skipped(String reason) {
    return new Skipped(reason);
  }

  static Outcome retry(String reason) {
    return new Retry(reason, null);
  }

  static Outcome never(String reason) {
    return new Never(reason);
  }
}
