package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.RetryPolicy;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.store.TakenJob;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** A kind of job, and who does it under which terms. */
record Registration<P>(
    JobType<P> type,
    RetryPolicy policy,
    Duration timeout,
    Map<Integer, UnaryOperator<JsonNode>> upgrades,
    JobHandler<P> handler) {

  /** A handler with its payload. */
  @FunctionalInterface
  interface Prepared {
    Outcome run(JobContext context) throws Exception;
  }

  /**
   * Reads the payload.
   *
   * @throws IllegalArgumentException if it can't be read
   */
  Prepared prepare(TakenJob job) {
    P payload = Payloads.defaults().read(type, job.version(), job.payload(), upgrades);
    return context -> handler.run(payload, context);
  }
}
