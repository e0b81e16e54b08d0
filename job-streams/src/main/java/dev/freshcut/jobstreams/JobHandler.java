package dev.freshcut.jobstreams;

/** Does the jobs of one type. */
@FunctionalInterface
public interface JobHandler<P> {
  /**
   * Runs one attempt on a virtual thread of its own. It may run again: after a failure, and after a
   * worker was lost while it ran. What it does to the outside should carry {@link JobContext#id()}
   * as an idempotency key.
   *
   * @throws Exception a failure; the job's {@link RetryPolicy} decides what follows
   */
  Outcome run(P payload, JobContext context) throws Exception;
}
