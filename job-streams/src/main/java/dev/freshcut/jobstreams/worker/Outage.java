package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one loop makes of a store that fails: a growing pause, and one line for each outage. */
final class Outage {
  private static final Logger log = LoggerFactory.getLogger(Outage.class);
  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 2_000;

  private final String queue;
  private final String call;
  private final String consequence;
  private final JobListener listener;
  private int failures;

  Outage(String queue, String call, String consequence, JobListener listener) {
    this.queue = queue;
    this.call = call;
    this.consequence = consequence;
    this.listener = listener;
  }

  /** Notes a failure and says how long to wait before the next try. */
  Duration failed(RuntimeException failure) {
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

  void answered() {
    if (failures > 0) {
      log.info("queue {}: store answers again ({}, after {} failures)", queue, call, failures);
      failures = 0;
    }
  }
}
