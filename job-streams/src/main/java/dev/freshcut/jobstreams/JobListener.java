package dev.freshcut.jobstreams;

import java.time.Duration;

/**
 * Hears what happens to jobs, for figures. Called on the threads that do the work, so it must be
 * quick; what it throws is logged, and nothing else follows from it.
 */
public interface JobListener {
  /** Hears nothing. */
  JobListener NONE = new JobListener() {};

  /** How an attempt ended, as the store accepted it. */
  enum End {
    DONE,
    SKIPPED,
    RETRIED,
    DEAD,
    CANCELLED,
    /** Its handler said that it is not its time yet; the attempt does not count. */
    POSTPONED,
    /** Given back without counting: throttled, of a kind unknown here, or the worker stopped. */
    RELEASED,
    /** Its lease had gone to another attempt, so that its end did not count. */
    LOST
  }

  /** A request was answered. */
  default void enqueued(String queue, String type, Enqueued answer) {}

  /**
   * An attempt began.
   *
   * @param waited since it was due
   */
  default void started(String queue, String type, Duration waited) {}

  /**
   * An attempt ended.
   *
   * @param took the handler's time; zero if it was not called
   */
  default void ended(String queue, String type, End end, Duration took) {}

  /** Jobs of lost workers were taken back; those buried had been lost too often. */
  default void recovered(String queue, int jobs, int buried) {}

  /** The store did not answer; the call is made again. */
  default void storeFailed(String queue, String call) {}
}
