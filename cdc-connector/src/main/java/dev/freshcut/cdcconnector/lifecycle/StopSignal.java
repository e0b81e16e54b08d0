package dev.freshcut.cdcconnector.lifecycle;

import dev.freshcut.cdcconnector.postgres.Session;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The wish to stop, given once; it wakes whoever waits and breaks off a query under way. */
final class StopSignal {
  private final CountDownLatch given = new CountDownLatch(1);
  private @Nullable Session session;

  void give() {
    given.countDown();
    Session open;
    synchronized (this) {
      open = session;
    }
    if (open != null) {
      open.close();
    }
  }

  boolean isGiven() {
    return given.getCount() == 0;
  }

  /** Waits for the signal; returns whether it was given in time. */
  boolean await(Duration atMost) throws InterruptedException {
    return given.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  Session closeOnStop(Session opened) {
    synchronized (this) {
      session = opened;
    }
    if (isGiven()) {
      opened.close();
    }
    return opened;
  }
}
