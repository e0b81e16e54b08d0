package dev.freshcut.jobstreams.store;

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
    record Done(@Nullable String result, @Nullable String skipped) implements Verdict {}

    /** To be tried again after a while; the attempt counts. */
    record Retry(String reason, Duration after) implements Verdict {}

    /** Given up. */
    record Dead(String reason) implements Verdict {}

    /** Ended because it was asked to be cancelled while it ran. */
    record Cancelled(String reason) implements Verdict {}

    /**
     * Given back; the attempt does not count.
     *
     * @param after not before this has passed; zero puts it back at once
     * @param hold whether the whole queue is to begin nothing until then
     */
    record Release(String reason, Duration after, boolean hold) implements Verdict {}
  }
}
