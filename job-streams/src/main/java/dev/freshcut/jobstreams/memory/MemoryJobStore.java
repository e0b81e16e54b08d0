package dev.freshcut.jobstreams.memory;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Names;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Beat;
import dev.freshcut.jobstreams.store.Bounds;
import dev.freshcut.jobstreams.store.Fire;
import dev.freshcut.jobstreams.store.GroupPlan;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.Page;
import dev.freshcut.jobstreams.store.Progress;
import dev.freshcut.jobstreams.store.QueueStatus;
import dev.freshcut.jobstreams.store.RateLimit;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.Taken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A job store of one process, gone with it. It does what every store does, with one lock and
 * without cleverness: for tests, whose clock it follows.
 */
public final class MemoryJobStore implements JobStore {
  /** How soon a waiting worker notices that a test has moved the clock. */
  private static final long GLANCE_MILLIS = 10;

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<String, MemoryQueue> queues = new HashMap<>();

  /** An empty store whose time is this clock's, in whole milliseconds. */
  public MemoryJobStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public List<Enqueued> enqueue(String queue, List<NewJob> jobs) {
    Bounds.atMost(jobs.size(), "jobs to enqueue");
    return on(queue, q -> jobs.stream().map(job -> Producing.enqueue(q, job, instant())).toList());
  }

  @Override
  public long stamp(String queue) {
    return on(queue, q -> ++q.stamp);
  }

  @Override
  public List<Planned> plan(String queue, Duration remember, List<GroupPlan> plans) {
    Bounds.atMost(plans);
    return plans.stream()
        .map(plan -> on(queue, q -> Producing.plan(q, plan, remember, instant())))
        .toList();
  }

  @Override
  public Beat beat(String queue, String worker, Duration lease, int mostLosses) {
    Bounds.beat(lease, mostLosses);
    Names.checkKey("worker", worker);
    return on(queue, q -> Working.beat(q, worker, lease, mostLosses, instant()));
  }

  @Override
  public void leave(String queue, String worker) {
    run(queue, q -> Working.takeBack(q, worker, Integer.MAX_VALUE, instant(), new int[2]));
  }

  @Override
  public Taken take(String queue, String worker, int most, List<Priority> order) {
    Bounds.some(most, "jobs to take");
    return on(queue, q -> Working.take(q, worker, most, order, instant()));
  }

  @Override
  public void await(String queue, String cursor, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      // Counted from the take that gave the cursor: a test may have moved the clock since.
      Instant end = Working.given(cursor).plus(atMost);
      while (Working.same(queue(queue), cursor) && instant().isBefore(end)) {
        boolean unused = news.await(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Boolean> settle(String queue, String worker, List<Settlement> settlements) {
    Bounds.atMost(settlements.size(), "settlements");
    return on(
        queue,
        q -> settlements.stream().map(end -> Working.settle(q, worker, end, instant())).toList());
  }

  @Override
  public void progress(String queue, List<Progress> progress) {
    run(
        queue,
        q -> {
          for (Progress each : progress) {
            MemoryJob job = q.running.get(each.lease());
            if (job != null && job.id().equals(each.id())) {
              job.percent = each.percent();
              job.note = each.note();
            }
          }
        });
  }

  @Override
  public void schedule(String queue, String name, String definition, Instant next) {
    run(
        queue,
        q -> {
          MemoryQueue.Recurring known = q.schedules.get(name);
          if (known == null || !known.definition().equals(definition)) {
            q.schedules.put(name, new MemoryQueue.Recurring(definition, MemoryJob.millis(next)));
          }
        });
  }

  @Override
  public boolean unschedule(String queue, String name) {
    return on(queue, q -> q.schedules.remove(name) != null);
  }

  @Override
  public Map<String, Instant> schedules(String queue) {
    return on(
        queue,
        q ->
            q.schedules.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, e -> e.getValue().next(), (a, b) -> a, TreeMap::new)));
  }

  @Override
  public Optional<Enqueued> fire(String queue, Fire fire) {
    return on(queue, q -> Producing.fire(q, fire, instant()));
  }

  @Override
  public Optional<JobRecord> find(String queue, String id) {
    return on(queue, q -> Optional.ofNullable(q.jobs.get(id)).map(MemoryJob::toRecord));
  }

  @Override
  public Page list(String queue, JobState state, @Nullable String cursor, int limit) {
    Bounds.some(limit, "jobs of a page");
    return on(queue, q -> Operating.list(q, state, cursor, limit));
  }

  @Override
  public QueueStatus status(String queue) {
    return on(queue, q -> Operating.status(queue, q, instant()));
  }

  @Override
  public Cancelled cancel(String queue, String id, String reason) {
    return on(queue, q -> Operating.cancel(q, id, reason, instant()));
  }

  @Override
  public int cancelGroup(String queue, String group, String reason) {
    return on(queue, q -> Operating.cancelGroup(q, group, reason, instant()));
  }

  @Override
  public boolean runNow(String queue, String id) {
    return on(
        queue,
        q -> {
          MemoryJob job = q.jobs.get(id);
          if (job == null || job.state != JobState.SCHEDULED) {
            return false;
          }
          job.event(instant(), "run now", "");
          q.admit(job, instant(), instant());
          return true;
        });
  }

  @Override
  public boolean redrive(String queue, String id) {
    return on(
        queue,
        q -> {
          MemoryJob job = q.jobs.get(id);
          if (job == null || job.state != JobState.DEAD) {
            return false;
          }
          Operating.redrive(q, job, instant());
          return true;
        });
  }

  @Override
  public int redriveAll(String queue, int most) {
    return on(
        queue,
        q -> {
          List<MemoryJob> dead = Operating.dead(q).limit(most).toList();
          dead.forEach(job -> Operating.redrive(q, job, instant()));
          return dead.size();
        });
  }

  @Override
  public int purge(String queue, Instant diedBefore, int most) {
    return on(
        queue,
        q -> {
          List<MemoryJob> dead =
              Operating.dead(q)
                  .filter(job -> job.endedAt != null && job.endedAt.isBefore(diedBefore))
                  .limit(most)
                  .toList();
          dead.forEach(job -> q.jobs.remove(job.id()));
          return dead.size();
        });
  }

  @Override
  public void pause(String queue) {
    run(queue, q -> q.paused = true);
  }

  @Override
  public void resume(String queue) {
    run(
        queue,
        q -> {
          q.paused = false;
          q.heldUntil = null;
          q.news++;
        });
  }

  @Override
  public void limit(String queue, @Nullable RateLimit limit) {
    run(
        queue,
        q -> {
          q.limit = limit;
          q.tokens = limit == null ? 0 : limit.burst();
          q.tokensAt = instant();
          q.news++;
        });
  }

  @Override
  public boolean sweep(String queue) {
    return on(
        queue,
        q -> {
          Instant now = instant();
          q.jobs
              .values()
              .removeIf(
                  job -> {
                    Instant forget = MemoryQueue.forgetAt(job);
                    return forget != null && !forget.isAfter(now);
                  });
          q.remembered.values().removeIf(until -> !until.isAfter(now));
          q.unique.values().removeIf(holder -> !holder.until().isAfter(now));
          q.plans.values().removeIf(plan -> !plan.until().isAfter(now));
          return false;
        });
  }

  @Override
  public Instant now(String queue) {
    return instant();
  }

  private Instant instant() {
    return MemoryJob.millis(clock.instant());
  }

  private MemoryQueue queue(String name) {
    return queues.computeIfAbsent(Names.check("queue", name), unused -> new MemoryQueue());
  }

  private void run(String name, Consumer<MemoryQueue> step) {
    on(
        name,
        queue -> {
          step.accept(queue);
          return true;
        });
  }

  private <T> T on(String name, Function<MemoryQueue, T> step) {
    lock.lock();
    try {
      MemoryQueue queue = queue(name);
      long before = queue.news;
      T answer = step.apply(queue);
      if (queue.news != before) {
        news.signalAll();
      }
      return answer;
    } finally {
      lock.unlock();
    }
  }
}
