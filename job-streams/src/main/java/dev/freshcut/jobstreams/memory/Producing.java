package dev.freshcut.jobstreams.memory;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.store.Fire;
import dev.freshcut.jobstreams.store.GroupPlan;
import dev.freshcut.jobstreams.store.JobStore.Planned;
import dev.freshcut.jobstreams.store.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What producers ask of a queue. */
final class Producing {
  private Producing() {}

  static Enqueued enqueue(MemoryQueue queue, NewJob asked, Instant now) {
    if (known(queue, asked, now)) {
      // Nobody else draws such an id: the same call came twice.
      return asked.drawn() ? new Enqueued.Stored(asked.id()) : new Enqueued.Known(asked.id());
    }
    String key = asked.unique();
    String holder = key == null ? null : queue.holder(key, now);
    if (holder != null) {
      return new Enqueued.Unique(holder);
    }
    MemoryJob job = new MemoryJob(asked, now);
    queue.jobs.put(asked.id(), job);
    queue.hold(job, now);
    queue.admit(job, job.dueAt, now);
    queue.counts.enqueued++;
    return new Enqueued.Stored(asked.id());
  }

  static Planned plan(MemoryQueue queue, GroupPlan plan, Duration remember, Instant now) {
    MemoryQueue.Stamp before = queue.plans.get(plan.group());
    if (before != null && before.until().isAfter(now) && before.stamp() >= plan.stamp()) {
      return new Planned(false, List.of(), 0);
    }
    queue.plans.put(plan.group(), new MemoryQueue.Stamp(plan.stamp(), now.plus(remember)));
    List<NewJob> jobs = plan.jobs();
    int cancelled = cancelOthers(queue, plan.group(), jobs, now);
    List<Enqueued> answers = jobs.stream().map(asked -> store(queue, asked, now)).toList();
    return new Planned(true, answers, cancelled);
  }

  /** Moves a schedule on; empty if it is not where, or what, the caller thinks. */
  static Optional<Enqueued> fire(MemoryQueue queue, Fire fire, Instant now) {
    MemoryQueue.Recurring known = queue.schedules.get(fire.schedule());
    if (known == null
        || !known.next().equals(fire.due())
        || !known.definition().equals(fire.definition())) {
      return Optional.empty();
    }
    queue.schedules.put(
        fire.schedule(), new MemoryQueue.Recurring(known.definition(), fire.next()));
    return Optional.of(enqueue(queue, fire.job(), now));
  }

  private static boolean known(MemoryQueue queue, NewJob asked, Instant now) {
    Instant until = queue.remembered.get(asked.id());
    return queue.jobs.containsKey(asked.id()) || (until != null && until.isAfter(now));
  }

  private static int cancelOthers(
      MemoryQueue queue, String group, List<NewJob> wanted, Instant now) {
    Set<String> ids = wanted.stream().map(NewJob::id).collect(Collectors.toSet());
    List<MemoryJob> others =
        queue.jobs.values().stream()
            .filter(job -> job.waits() && group.equals(job.asked.group()))
            .filter(job -> !ids.contains(job.id()))
            .toList();
    for (MemoryJob job : others) {
      queue.cancel(job, "not in a later plan", now);
      job.revivable = !job.begun;
      if (job.revivable) {
        // It was never done: a later plan may want it after all.
        queue.remembered.remove(job.id());
        queue.free(job);
      }
    }
    return others.size();
  }

  private static Enqueued store(MemoryQueue queue, NewJob asked, Instant now) {
    MemoryJob job = queue.jobs.get(asked.id());
    if (job == null || (job.state == JobState.CANCELLED && job.revivable)) {
      queue.jobs.remove(asked.id());
      return enqueue(queue, asked, now);
    }
    Instant runAt = MemoryJob.millis(Objects.requireNonNullElse(asked.runAt(), job.enqueuedAt));
    if (job.waits() && !job.begun) {
      job.deadline = MemoryJob.deadline(asked);
      if (job.state == JobState.READY && !runAt.isAfter(now)) {
        // It keeps its place.
        job.dueAt = runAt;
      } else if (!job.dueAt.equals(runAt)) {
        queue.admit(job, runAt, now);
      }
    }
    return new Enqueued.Known(asked.id());
  }
}
