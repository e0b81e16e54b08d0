package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.client.Outage;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells the store once a second how far jobs are, and has it forget what its time has passed. */
final class Housekeeper {
  private static final int ROUNDS_BETWEEN_SWEEPS = 5;

  /** So that progress is told in between, however much is to be forgotten. */
  private static final int MOST_SWEEPS = 50;

  private final String queue;
  private final JobStore store;
  private final Running running;
  private final Duration round;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Outage outage;
  private int rounds;
  private boolean more;

  Housekeeper(String queue, JobStore store, Running running, Duration round, JobListener listener) {
    this.queue = queue;
    this.store = store;
    this.running = running;
    this.round = round;
    this.outage =
        new Outage(queue, "sweep", "ended jobs are kept longer, progress is not told", listener);
  }

  void run() throws InterruptedException {
    while (!stopped.await(round.toMillis(), TimeUnit.MILLISECONDS)) {
      try {
        keep();
        outage.answered();
      } catch (RuntimeException e) {
        Duration unused = outage.failed(e);
      }
    }
  }

  void stop() {
    stopped.countDown();
  }

  /** One round. */
  void keep() {
    List<Progress> said = running.takeProgress();
    for (int from = 0; from < said.size(); from += JobStore.MOST_JOBS) {
      store.progress(queue, said.subList(from, Math.min(said.size(), from + JobStore.MOST_JOBS)));
    }
    if (rounds++ % ROUNDS_BETWEEN_SWEEPS == 0 || more) {
      more = true;
      for (int i = 0; more && i < MOST_SWEEPS && stopped.getCount() > 0; i++) {
        more = store.sweep(queue);
      }
    }
  }
}
