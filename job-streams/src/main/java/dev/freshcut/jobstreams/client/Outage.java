package dev.freshcut.jobstreams.client;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one loop makes of a store that fails: a growing pause of 50 ms to 2 s, and one line of the
 * log for each outage. Not for several threads.
 */
public final class Outage {
  private static final Logger log = LoggerFactory.getLogger(Outage.class);
  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 2_000;

  private final String queue;
  private final String call;
  private final String consequence;
  private final JobListener listener;
  private int failures;

  /**
   * For one kind of call.
   *
   * @param consequence what the log says follows from a failure
   */
  public Outage(String queue, String call, String consequence, JobListener listener) {
    this.queue = queue;
    this.call = call;
    this.consequence = consequence;
    this.listener = listener;
  }

  /** Notes a failure and says how long to wait before the next try. */
  public Duration failed(Throwable failure) {
    listener.storeFailed(queue, call);
    if (failures == 0) {
      if (failure instanceof StoreUnavailableException) {
        log.warn("queue {}: {}; trying again: {}", queue, consequence, failure.toString());
      } else {
        log.error("queue {}: {}; trying again", queue, consequence, failure);
      }
    }
    failures++;
    return Duration.ofMillis(Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, 10)));
  }

  /** Notes that the store answered. */
  public void answered() {
    if (failures > 0) {
      log.info("queue {}: store answers again ({}, after {} failures)", queue, call, failures);
      failures = 0;
    }
  }
}
