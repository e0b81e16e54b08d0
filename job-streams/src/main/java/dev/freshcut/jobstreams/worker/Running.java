package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.store.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The attempts that run here, from their being taken until their end is with the settler. */
final class Running {
  /** Not by lease: jobs in two streams of Redis may have the same. */
  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();

  void add(Attempt attempt) {
    attempts.add(attempt);
  }

  synchronized void remove(Attempt attempt) {
    attempts.remove(attempt);
    if (attempts.isEmpty()) {
      notifyAll();
    }
  }

  int count() {
    return attempts.size();
  }

  Collection<Attempt> all() {
    return attempts;
  }

  void cancel(Set<String> ids) {
    if (!ids.isEmpty()) {
      stop(attempt -> ids.contains(attempt.id()), Stop.CANCELLED);
    }
  }

  void stop(Predicate<Attempt> which, Stop why) {
    attempts.stream().filter(which).forEach(attempt -> attempt.stop(why));
  }

  /** What was said of their progress since the last time. */
  List<Progress> takeProgress() {
    List<Progress> said = new ArrayList<>();
    for (Attempt attempt : attempts) {
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
    while (!attempts.isEmpty()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }
}
