package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.Progress;
import dev.freshcut.jobstreams.store.RateLimit;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import dev.freshcut.jobstreams.store.TakenJob;
import dev.freshcut.jobstreams.store.TestJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** One thread that asks a store for anything, in an order that a seed decides. */
final class Chaos {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final int IDS = 400;
  private static final int GROUPS = 8;

  private final JobStore store;
  private final String queue;
  private final int number;
  private final Random random;
  private final Tally tally;
  private final AtomicLong shift;
  private final List<TakenJob> held = new ArrayList<>();
  private int lives;
  private String worker;

  Chaos(JobStore store, String queue, int number, long seed, Tally tally, AtomicLong shift) {
    this.store = store;
    this.queue = queue;
    this.number = number;
    this.random = new Random(seed);
    this.tally = tally;
    this.shift = shift;
    this.worker = "w" + number + "-0";
  }

  void run(int steps) {
    try {
      for (int i = 0; i < steps; i++) {
        step();
      }
    } catch (RuntimeException | Error e) {
      tally.fail(e);
    }
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> enqueue();
      case 4, 5, 6, 7 -> take();
      case 8, 9, 10 -> settle();
      case 11 -> plan();
      case 12 -> cancel();
      case 13 -> redrive();
      case 14 -> store.runNow(queue, id());
      case 15 -> shift.addAndGet(random.nextInt(4_000));
      case 16 -> flow();
      case 17 -> vanish();
      case 18 -> store.sweep(queue);
      default ->
          store.progress(
              queue,
              held.stream()
                  .map(job -> new Progress(job.id(), job.lease(), random.nextInt(100), "n"))
                  .limit(10)
                  .toList());
    }
  }

  private String id() {
    return "j" + random.nextInt(IDS);
  }

  private String group() {
    return "g" + random.nextInt(GROUPS);
  }

  private NewJob job(String group) {
    TestJob job =
        TestJob.job(id())
            .payload("\"" + "x".repeat(random.nextInt(50)) + "\"")
            .priority(List.of(Priority.values()).get(random.nextInt(3)))
            .retain(Duration.ofSeconds(random.nextInt(3) * 20L))
            .remember(Duration.ofSeconds(random.nextInt(3) * 10L));
    if (random.nextInt(3) == 0) {
      job.runAt(store.now(queue).plusMillis(random.nextInt(20_000) - 2_000L));
    }
    if (random.nextInt(5) == 0) {
      job.deadline(store.now(queue).plusSeconds(random.nextInt(10)));
    }
    if (random.nextInt(4) == 0) {
      job.unique("u" + random.nextInt(10), Duration.ofSeconds(random.nextInt(2) * 5L));
    }
    if (!group.isEmpty()) {
      job.group(group);
    }
    return job.build();
  }

  private void enqueue() {
    List<NewJob> jobs =
        IntStream.range(0, random.nextInt(6))
            .mapToObj(i -> job(random.nextBoolean() ? group() : ""))
            .toList();
    for (Enqueued answer : store.enqueue(queue, jobs)) {
      if (answer instanceof Enqueued.Stored) {
        tally.stored.incrementAndGet();
      }
    }
  }

  private void plan() {
    String group = group();
    long stamp = store.stamp(queue);
    List<NewJob> jobs = IntStream.range(0, random.nextInt(5)).mapToObj(i -> job(group)).toList();
    JobStore.Planned planned =
        store.plan(queue, group, stamp, Duration.ofSeconds(random.nextInt(30)), jobs);
    tally.stored.addAndGet(
        planned.answers().stream().filter(Enqueued.Stored.class::isInstance).count());
  }

  private void take() {
    if (!store.beat(queue, worker, LEASE, 5).renewed()) {
      reborn();
    }
    List<Priority> order = Arrays.asList(Priority.values());
    Collections.shuffle(order, random);
    held.addAll(store.take(queue, worker, 1 + random.nextInt(8), order).jobs());
  }

  private void settle() {
    int count = Math.min(held.size(), random.nextInt(8));
    Collections.shuffle(held, random);
    List<TakenJob> some = new ArrayList<>(held.subList(0, count));
    held.subList(0, count).clear();
    if (!some.isEmpty() && random.nextInt(5) == 0) {
      some.add(some.getFirst());
    }
    List<Settlement> ends =
        some.stream().map(job -> new Settlement(job.id(), job.lease(), verdict())).toList();
    List<Boolean> accepted = store.settle(queue, worker, ends);
    for (int i = 0; i < ends.size(); i++) {
      if (accepted.get(i) && ends.get(i).verdict() instanceof Verdict.Done) {
        tally.done.incrementAndGet();
      }
    }
  }

  private Verdict verdict() {
    Duration after = Duration.ofMillis(random.nextInt(3) * 2_000L);
    return switch (random.nextInt(10)) {
      case 0 -> new Verdict.Retry("again", after);
      case 1 -> new Verdict.Dead("never");
      case 2 -> new Verdict.Release("not now", after, random.nextInt(4) == 0);
      case 3 -> new Verdict.Cancelled("stopped");
      case 4 -> new Verdict.Postpone("night", after.plusMillis(1));
      case 5 -> new Verdict.Unknown("unheard of", after);
      default -> new Verdict.Done("r", random.nextBoolean() ? "skipped" : null);
    };
  }

  private void cancel() {
    if (random.nextInt(6) == 0) {
      store.cancelGroup(queue, group(), "all of them");
    } else {
      store.cancel(queue, id(), "this one");
    }
  }

  private void redrive() {
    if (random.nextBoolean()) {
      tally.redriven.addAndGet(store.redriveAll(queue, random.nextInt(4)));
    } else if (store.redrive(queue, id())) {
      tally.redriven.incrementAndGet();
    }
  }

  private void flow() {
    switch (random.nextInt(4)) {
      case 0 -> store.pause(queue);
      case 1 -> store.limit(queue, new RateLimit(100, 1 + random.nextInt(20)));
      case 2 -> store.limit(queue, null);
      default -> store.resume(queue);
    }
  }

  /** The worker dies, leaves, or is held up for longer than its lease. */
  private void vanish() {
    switch (random.nextInt(3)) {
      case 0 -> {
        store.leave(queue, worker);
        reborn();
      }
      case 1 -> reborn();
      default -> shift.addAndGet(LEASE.toMillis());
    }
  }

  /** Half of the time it still tells, under its new name or not at all, what it held before. */
  private void reborn() {
    worker = "w" + number + "-" + ++lives;
    if (random.nextBoolean()) {
      held.clear();
    }
  }
}
