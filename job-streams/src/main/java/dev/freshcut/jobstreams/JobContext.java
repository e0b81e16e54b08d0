package dev.freshcut.jobstreams;

import java.time.Instant;

/** What a handler may know and say of the attempt that it runs. */
public interface JobContext {
  String id();

  /** Counts from 1; attempts that were throttled or postponed are not counted. */
  int attempt();

  /** When the job was enqueued. */
  Instant enqueuedAt();

  /** When this attempt was to begin. */
  Instant dueAt();

  /**
   * Whether the attempt should end: the job was cancelled, its time ran out, its lease was lost, or
   * the worker is stopping. The thread is interrupted as well.
   */
  boolean cancelled();

  /**
   * Says how far it is.
   *
   * @param percent 0 to 100
   * @param note at most 200 characters; the rest is cut
   */
  void progress(int percent, String note);
}
