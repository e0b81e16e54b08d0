package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.store.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The attempts that run here, from their being taken until their end is with the settler. */
final class Running {
  private final Map<String, Attempt> byLease = new ConcurrentHashMap<>();

  void add(Attempt attempt) {
    byLease.put(attempt.job.lease(), attempt);
  }

  synchronized void remove(Attempt attempt) {
    byLease.remove(attempt.job.lease());
    if (byLease.isEmpty()) {
      notifyAll();
    }
  }

  int count() {
    return byLease.size();
  }

  Collection<Attempt> all() {
    return byLease.values();
  }

  void cancel(Set<String> ids) {
    if (!ids.isEmpty()) {
      stop(attempt -> ids.contains(attempt.id()), Stop.CANCELLED);
    }
  }

  void stop(Predicate<Attempt> which, Stop why) {
    byLease.values().stream().filter(which).forEach(attempt -> attempt.stop(why));
  }

  /** What was said of their progress since the last time. */
  List<Progress> takeProgress() {
    List<Progress> said = new ArrayList<>();
    for (Attempt attempt : byLease.values()) {
      Progress progress = attempt.takeProgress();
      if (progress != null) {
        said.add(progress);
      }
    }
    return said;
  }

  /** Waits until nothing runs; false if something still does. */
  synchronized boolean awaitNone(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!byLease.isEmpty()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }
}
