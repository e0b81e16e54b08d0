package dev.freshcut.jobstreams.store;

import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.Spans;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt, as the worker tells the store.
 *
 * @param id of the job
 * @param lease that the job was taken with
 */
public record Settlement(String id, String lease, Verdict verdict) {
  /** What is to become of the job. */
  public sealed interface Verdict {
    /** Ended well; a reason if there was nothing to do. */
    record Done(@Nullable String result, @Nullable String skipped) implements Verdict {
      /** Checks the result's size; an empty one is as good as none. */
      public Done {
        if (result != null) {
          Bounds.bytes("result", result, Outcome.Done.LARGEST_RESULT);
          result = result.isEmpty() ? null : result;
        }
        skipped = skipped == null || skipped.isEmpty() ? null : cut(skipped);
      }
    }

    /** To be tried again after a while; the attempt counts. */
    record Retry(String reason, Duration after) implements Verdict {
      /** Checks the wait; cuts the reason. */
      public Retry {
        Spans.check("after", after);
        reason = cut(reason);
      }
    }

    /** Given up. */
    record Dead(String reason) implements Verdict {
      /** Cuts the reason. */
      public Dead {
        reason = cut(reason);
      }
    }

    /** Ended because it was asked to be cancelled while it ran. */
    record Cancelled(String reason) implements Verdict {
      /** Cuts the reason. */
      public Cancelled {
        reason = cut(reason);
      }
    }

    /**
     * Given back; the attempt does not count.
     *
     * @param after not before this has passed; zero puts it back at once, before the others of its
     *     priority
     * @param hold whether the whole queue is to begin nothing until then
     */
    record Release(String reason, Duration after, boolean hold) implements Verdict {
      /** Checks the wait; cuts the reason. */
      public Release {
        Spans.check("after", after);
        reason = cut(reason);
      }
    }

    /**
     * Not its time yet, as its handler says; the attempt does not count.
     *
     * @param after not before this has passed, 1 ms or more
     */
    record Postpone(String reason, Duration after) implements Verdict {
      /** Checks the wait; cuts the reason. */
      public Postpone {
        Spans.checkWait("postponed for", after);
        reason = cut(reason);
      }
    }

    /**
     * Given back because the worker does not know its kind; the attempt does not count. Since when
     * that goes on is told by {@link TakenJob#unknownSince}.
     *
     * @param after not before this has passed
     */
    record Unknown(String reason, Duration after) implements Verdict {
      /** Checks the wait; cuts the reason. */
      public Unknown {
        Spans.check("after", after);
        reason = cut(reason);
      }
    }

    private static String cut(String reason) {
      return Bounds.cut(reason, Outcome.LONGEST_REASON);
    }
  }
}
