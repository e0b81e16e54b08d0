package dev.freshcut.jobstreams.memory;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One queue's state and the steps that its operations are made of; guarded by its store's lock. */
final class MemoryQueue {
  /** A uniqueness key's holder; {@code until} counts once the holder has ended. */
  record Holder(String id, Instant until) {}

  /** A plan that was accepted. */
  record Stamp(long stamp, Instant until) {}

  /** A schedule as it is known. */
  record Recurring(String definition, Instant next) {}

  final Map<String, MemoryJob> jobs = new HashMap<>();
  final Map<Priority, SortedMap<Long, MemoryJob>> ready = new EnumMap<>(Priority.class);
  final TreeSet<MemoryJob> scheduled =
      new TreeSet<>(
          Comparator.comparing((MemoryJob job) -> job.dueAt).thenComparingLong(job -> job.order));
  final Map<String, MemoryJob> running = new LinkedHashMap<>();
  final Map<String, Instant> workers = new LinkedHashMap<>();

  /** Names of workers that were lost. */
  final Set<String> lost = new HashSet<>();

  final Map<String, Instant> remembered = new HashMap<>();
  final Map<String, Holder> unique = new HashMap<>();
  final Map<String, Stamp> plans = new HashMap<>();
  final Map<String, Recurring> schedules = new TreeMap<>();
  final Counts counts = new Counts();

  boolean paused;
  @Nullable Instant heldUntil;
  @Nullable RateLimit limit;
  double tokens;
  Instant tokensAt = Instant.EPOCH;
  long stamp;

  /** Rises when there may be something new to take. */
  long news;

  private long order;

  MemoryQueue() {
    for (Priority priority : Priority.values()) {
      ready.put(priority, new TreeMap<>());
    }
  }

  private long nextOrder() {
    return ++order;
  }

  /** What waits for a worker, in the order of its coming. */
  SortedMap<Long, MemoryJob> ready(Priority priority) {
    return Objects.requireNonNull(ready.get(priority));
  }

  /** Makes a job wait, from now or from its time on. */
  void admit(MemoryJob job, Instant due, Instant now) {
    remove(job);
    job.percent = 0;
    job.note = null;
    job.again = false;
    job.dueAt = MemoryJob.millis(due);
    job.order = nextOrder();
    if (job.dueAt.isAfter(now)) {
      job.state = JobState.SCHEDULED;
      scheduled.add(job);
    } else {
      job.state = JobState.READY;
      job.readyAt = now;
      ready(job.asked.priority()).put(job.order, job);
    }
    news++;
  }

  /** Makes a job that was given back wait, before those of its priority that wait already. */
  void admitFirst(MemoryJob job, Instant now) {
    admit(job, now, now);
    job.again = true;
  }

  void begin(MemoryJob job, String worker, Instant now) {
    remove(job);
    job.order = nextOrder();
    job.state = JobState.RUNNING;
    job.lease = job.order + "-0";
    job.worker = worker;
    job.startedAt = now;
    job.attempts++;
    job.begun = true;
    running.put(job.lease, job);
  }

  /** Ends a job for good; its id and its uniqueness key last as long as they were to. */
  void end(MemoryJob job, JobState state, @Nullable String reason, Instant now) {
    remove(job);
    job.order = nextOrder();
    job.state = state;
    job.reason = reason;
    job.endedAt = now;
    job.cancelAsked = null;
    if (!job.asked.remember().isZero()) {
      remembered.put(job.id(), now.plus(job.asked.remember()));
    }
    String key = job.asked.unique();
    Holder holder = key == null ? null : unique.get(key);
    if (key != null && holder != null && holder.id().equals(job.id())) {
      unique.put(key, new Holder(job.id(), job.enqueuedAt.plus(job.asked.window())));
    }
    if (state != JobState.DEAD && job.asked.retain().isZero()) {
      jobs.remove(job.id());
    }
  }

  void cancel(MemoryJob job, String reason, Instant now) {
    job.event(now, "cancelled", reason);
    counts.cancelled++;
    end(job, JobState.CANCELLED, reason, now);
  }

  /** Who keeps others with this key away; null if nobody does. */
  @Nullable String holder(String key, Instant now) {
    Holder holder = unique.get(key);
    return holder == null || !holder.until().isAfter(now) ? null : holder.id();
  }

  /** Gives a job its uniqueness key, unless another has it. */
  void hold(MemoryJob job, Instant now) {
    String key = job.asked.unique();
    if (key != null && (holder(key, now) == null || job.id().equals(holder(key, now)))) {
      unique.put(key, new Holder(job.id(), Instant.MAX));
    }
  }

  /** Takes a job's uniqueness key from it, if it has it. */
  void free(MemoryJob job) {
    unique.values().removeIf(holder -> holder.id().equals(job.id()));
  }

  /** A dead or cancelled job begins anew, with all its attempts before it. */
  void again(MemoryJob job, Instant due, Instant now) {
    job.attempts = 0;
    job.losses = 0;
    job.endedAt = null;
    job.reason = null;
    job.revivable = false;
    hold(job, now);
    admit(job, due, now);
  }

  /** When an ended job is forgotten; null if it is not by itself. */
  static @Nullable Instant forgetAt(MemoryJob job) {
    return job.endedAt == null || job.state == JobState.DEAD
        ? null
        : job.endedAt.plus(job.asked.retain());
  }

  /** Refills the token bucket and says how many more may begin. */
  int permits(Instant now, int most) {
    if (limit == null) {
      return most;
    }
    double since = Duration.between(tokensAt, now).toMillis() / 1000.0;
    tokens = Math.min(limit.burst(), tokens + Math.max(0, since) * limit.perSecond());
    tokensAt = now;
    return (int) Math.min(most, Math.floor(tokens + 1e-9));
  }

  /** Takes a job out of where it waits or runs. */
  private void remove(MemoryJob job) {
    switch (job.state) {
      case READY -> ready(job.asked.priority()).remove(job.order);
      case SCHEDULED -> scheduled.remove(job);
      case RUNNING -> {
        if (job.lease != null) {
          running.remove(job.lease);
        }
        job.lease = null;
      }
      case DONE, DEAD, CANCELLED -> {}
    }
  }

  /** Totals since the queue's beginning. */
  static final class Counts {
    long enqueued;
    long done;
    long retried;
    long dead;
    long cancelled;
    long lost;
    long released;
    long postponed;
  }
}
