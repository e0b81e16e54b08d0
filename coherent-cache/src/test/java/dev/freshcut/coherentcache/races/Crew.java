package dev.freshcut.coherentcache.races;

import dev.freshcut.coherentcache.CacheUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Threads that each repeat a step until told to stop. */
final class Crew {
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Queue<String> failures;

  /** What a thread repeats. */
  @FunctionalInterface
  interface Step {
    void take() throws Exception;
  }

  /**
   * @param failures where to tell what has ended a thread before its time
   */
  Crew(Queue<String> failures) {
    this.failures = failures;
  }

  /** Starts a thread that takes a step every so many milliseconds. */
  void hire(String name, int paceMillis, Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!stop.await(paceMillis, TimeUnit.MILLISECONDS)) {
                  try {
                    step.take();
                  } catch (CacheUnavailableException e) {
                    // Redis is away; the step is due again.
                  }
                }
              } catch (Throwable e) {
                failures.add(name + " failed: " + e);
              }
            },
            name);
    threads.add(thread);
    thread.start();
  }

  /** Lets everybody finish the step at hand. */
  void stop() throws InterruptedException {
    stop.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
