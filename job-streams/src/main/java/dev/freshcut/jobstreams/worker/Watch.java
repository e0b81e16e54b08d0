package dev.freshcut.jobstreams.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what runs and at the lease, and never waits for the store. */
final class Watch {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long GLANCE_MILLIS = 50;

  private final String queue;
  private final Running running;
  private final Beater beater;
  private final CountDownLatch stopped = new CountDownLatch(1);

  Watch(String queue, Running running, Beater beater) {
    this.queue = queue;
    this.running = running;
    this.beater = beater;
  }

  void run() throws InterruptedException {
    while (!stopped.await(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
      beater.check();
      long now = System.nanoTime();
      for (Attempt attempt : running.all()) {
        if (attempt.checkTime(now, PATIENCE)) {
          log.warn(
              "queue {}: job {} of type {} goes on {} after its time ran out, and takes the room of"
                  + " another; its handler must heed interruption",
              queue,
              attempt.id(),
              attempt.job.type(),
              PATIENCE);
        }
      }
    }
  }

  void stop() {
    stopped.countDown();
  }
}
