package dev.freshcut.jobstreams;

/** Where a job is in its life; docs/jobs.md draws the ways between these. */
public enum JobState {
  /** Waits for its time, the first or that of another attempt. */
  SCHEDULED,
  /** Waits for a worker. */
  READY,
  /** A worker holds a lease on it. */
  RUNNING,
  /** Ended well. */
  DONE,
  /** Given up; kept until it is redriven or purged. */
  DEAD,
  /** Ended without having been done: by request, by a later plan, or past its deadline. */
  CANCELLED;

  /** Whether nothing more happens to it by itself. */
  public boolean ended() {
    return this == DONE || this == DEAD || this == CANCELLED;
  }
}
