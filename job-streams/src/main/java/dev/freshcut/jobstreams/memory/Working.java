package dev.freshcut.jobstreams.memory;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Beat;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import dev.freshcut.jobstreams.store.Taken;
import dev.freshcut.jobstreams.store.TakenJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What workers ask of a queue. */
final class Working {
  private static final Duration LONGEST_IDLE = Duration.ofHours(1);

  private Working() {}

  static Beat beat(MemoryQueue queue, String worker, Duration lease, int mostLosses, Instant now) {
    Instant end = queue.workers.get(worker);
    boolean renewed = end == null ? !queue.lost.contains(worker) : end.isAfter(now);
    if (renewed) {
      queue.workers.put(worker, now.plus(lease));
    }
    int[] taken = new int[2];
    List<String> lost =
        queue.workers.entrySet().stream()
            .filter(other -> !other.getValue().isAfter(now))
            .map(Map.Entry::getKey)
            .toList();
    for (String other : lost) {
      takeBack(queue, other, mostLosses, now, taken);
      queue.lost.add(other);
    }
    var cancelled =
        queue.running.values().stream()
            .filter(job -> job.cancelAsked != null)
            .map(MemoryJob::id)
            .collect(Collectors.toSet());
    return new Beat(renewed, cancelled, taken[0], taken[1], false);
  }

  /** Ends a worker's lease; its jobs wait again, those lost too often are dead. */
  static void takeBack(
      MemoryQueue queue, String worker, int mostLosses, Instant now, int[] recoveredAndBuried) {
    queue.workers.remove(worker);
    List<MemoryJob> held =
        queue.running.values().stream().filter(job -> worker.equals(job.worker)).toList();
    for (MemoryJob job : held) {
      job.losses++;
      job.unknownSince = null;
      job.attempts--;
      job.event(now, "worker lost", worker);
      queue.counts.lost++;
      recoveredAndBuried[0]++;
      if (job.cancelAsked != null) {
        queue.cancel(job, job.cancelAsked, now);
      } else if (job.losses > mostLosses) {
        bury(queue, job, "lost with its worker " + job.losses + " times", now);
        recoveredAndBuried[1]++;
      } else {
        queue.admitFirst(job, now);
      }
    }
  }

  static Taken take(MemoryQueue queue, String worker, int most, List<Priority> order, Instant now) {
    Instant lease = queue.workers.get(worker);
    if (lease == null || !lease.isAfter(now)) {
      return new Taken(List.of(), false, Duration.ZERO, cursor(queue, now));
    }
    boolean held = queue.heldUntil != null && queue.heldUntil.isAfter(now);
    List<TakenJob> jobs = new ArrayList<>();
    if (!queue.paused && !held) {
      promote(queue, now);
      give(queue, worker, queue.permits(now, most), order, now, jobs);
    }
    return new Taken(jobs, true, idle(queue, jobs.size() == most, now), cursor(queue, now));
  }

  static boolean settle(MemoryQueue queue, String worker, Settlement settlement, Instant now) {
    MemoryJob job = queue.running.get(settlement.lease());
    if (job == null || !job.id().equals(settlement.id()) || !worker.equals(job.worker)) {
      return false;
    }
    Instant unknownSince = job.unknownSince;
    job.unknownSince = null;
    switch (settlement.verdict()) {
      case Verdict.Done done -> {
        job.result = done.result();
        queue.counts.done++;
        queue.end(job, JobState.DONE, done.skipped(), now);
      }
      case Verdict.Retry retry -> {
        job.event(now, "failed", retry.reason());
        if (job.cancelAsked != null) {
          queue.cancel(job, job.cancelAsked, now);
        } else {
          queue.counts.retried++;
          job.reason = retry.reason();
          queue.admit(job, now.plus(retry.after()), now);
        }
      }
      case Verdict.Dead dead -> bury(queue, job, dead.reason(), now);
      case Verdict.Cancelled cancelled -> queue.cancel(job, cancelled.reason(), now);
      case Verdict.Release release -> {
        if (release.hold()) {
          hold(queue, MemoryJob.millis(now.plus(release.after())));
        }
        if (giveBack(queue, job, "released", release.reason(), release.after(), now)) {
          queue.counts.released++;
        }
      }
      case Verdict.Postpone postpone -> {
        if (giveBack(queue, job, "postponed", postpone.reason(), postpone.after(), now)) {
          queue.counts.postponed++;
        }
      }
      case Verdict.Unknown unknown -> {
        if (giveBack(queue, job, "released", unknown.reason(), unknown.after(), now)) {
          queue.counts.released++;
        }
        job.unknownSince = unknownSince == null ? now : unknownSince;
      }
    }
    return true;
  }

  /** Whether nothing new has come since this cursor was given. */
  static boolean same(MemoryQueue queue, String cursor) {
    return Long.parseLong(cursor.substring(0, cursor.indexOf('@'))) == queue.news;
  }

  /** When a cursor was given. */
  static Instant given(String cursor) {
    return Instant.parse(cursor.substring(cursor.indexOf('@') + 1));
  }

  private static String cursor(MemoryQueue queue, Instant now) {
    return queue.news + "@" + now;
  }

  /** After an attempt that does not count; false if its end was asked for meanwhile. */
  private static boolean giveBack(
      MemoryQueue queue, MemoryJob job, String how, String reason, Duration after, Instant now) {
    job.attempts--;
    job.event(now, how, reason);
    if (job.cancelAsked != null) {
      queue.cancel(job, job.cancelAsked, now);
      return false;
    }
    job.reason = reason;
    if (job.attempts == 0 && job.losses == 0) {
      job.begun = false;
      job.startedAt = null;
    }
    if (after.isZero()) {
      queue.admitFirst(job, now);
    } else {
      queue.admit(job, now.plus(after), now);
    }
    return true;
  }

  private static void hold(MemoryQueue queue, Instant until) {
    if (queue.heldUntil == null || queue.heldUntil.isBefore(until)) {
      queue.heldUntil = until;
    }
  }

  private static void bury(MemoryQueue queue, MemoryJob job, String reason, Instant now) {
    job.event(now, "dead", reason);
    queue.counts.dead++;
    queue.end(job, JobState.DEAD, reason, now);
  }

  private static void promote(MemoryQueue queue, Instant now) {
    while (!queue.scheduled.isEmpty() && !queue.scheduled.first().dueAt.isAfter(now)) {
      MemoryJob job = queue.scheduled.first();
      queue.admit(job, job.dueAt, now);
    }
  }

  private static void give(
      MemoryQueue queue,
      String worker,
      int most,
      List<Priority> order,
      Instant now,
      List<TakenJob> jobs) {
    for (Priority priority : order) {
      Iterator<MemoryJob> waiting =
          queue.ready(priority).values().stream()
              .sorted(Comparator.comparing((MemoryJob job) -> !job.again))
              .toList()
              .iterator();
      while (jobs.size() < most && waiting.hasNext()) {
        MemoryJob job = waiting.next();
        if (job.deadline != null && job.deadline.isBefore(now)) {
          queue.cancel(job, "deadline passed", now);
          continue;
        }
        queue.begin(job, worker, now);
        if (job.lease != null) {
          jobs.add(job.taken(job.lease));
        }
        queue.tokens -= queue.limit == null ? 0 : 1;
      }
    }
  }

  private static Duration idle(MemoryQueue queue, boolean full, Instant now) {
    if (queue.paused) {
      return LONGEST_IDLE;
    }
    if (queue.heldUntil != null && queue.heldUntil.isAfter(now)) {
      return bounded(Duration.between(now, queue.heldUntil));
    }
    if (full) {
      return Duration.ZERO;
    }
    boolean waiting = queue.ready.values().stream().anyMatch(jobs -> !jobs.isEmpty());
    if (waiting && queue.limit != null) {
      double seconds = Math.max(0, 1 - queue.tokens) / queue.limit.perSecond();
      return bounded(Duration.ofMillis((long) Math.ceil(seconds * 1000)));
    }
    return queue.scheduled.isEmpty()
        ? LONGEST_IDLE
        : bounded(Duration.between(now, queue.scheduled.first().dueAt));
  }

  private static Duration bounded(Duration idle) {
    return idle.compareTo(LONGEST_IDLE) > 0 ? LONGEST_IDLE : idle;
  }
}
