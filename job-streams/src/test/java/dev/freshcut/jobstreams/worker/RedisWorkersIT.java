package dev.freshcut.jobstreams.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.redis.RedisJobStore;
import dev.freshcut.jobstreams.redis.RedisJobStoreSettings;
import dev.freshcut.jobstreams.schedule.Schedule;
import dev.freshcut.jobstreams.schedule.Scheduler;
import dev.freshcut.jobstreams.schedule.Timing;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.QueueStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Workers and schedulers on a real Redis. */
class RedisWorkersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MANY = 30_000;

  private final TestServers servers = TestServers.shared();
  private final RedissonClient redisson = Redisson.create(config());
  private final String queue = servers.freshName("work");
  private final JobType<Unit> type = JobType.of(queue, "count", Unit.class);
  private final JobStore store =
      new RedisJobStore(redisson, new RedisJobStoreSettings("w", Duration.ofSeconds(20), false));
  private final StoredJobs jobs = new StoredJobs(store, Payloads.defaults(), JobListener.NONE);

  record Unit(int number) {}

  private static Config config() {
    Config config = new Config();
    config.useSingleServer().setAddress(TestServers.shared().redis().url());
    return config;
  }

  @AfterEach
  void stop() {
    redisson.shutdown();
  }

  private JobWorker worker(AtomicInteger runs) {
    return worker(
        WorkerSettings.defaults().withConcurrency(200),
        (unit, context) -> {
          runs.incrementAndGet();
          return Outcome.done();
        });
  }

  private JobWorker worker(WorkerSettings settings, JobHandler<Unit> handler) {
    Handlers handlers = Handlers.builder().add(type, handler).build();
    return new JobWorker(queue, store, handlers, settings, JobListener.NONE, Clock.systemUTC());
  }

  private QueueStatus.Counters counters() {
    return store.status(queue).counters();
  }

  @Test
  void manyJobsOnceEach() {
    List<JobRequest<?>> requests = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      requests.add(JobRequest.of(type, new Unit(i)).retaining(Duration.ZERO));
    }
    long start = System.nanoTime();
    jobs.enqueue(requests);
    long enqueued = System.nanoTime();
    AtomicInteger runs = new AtomicInteger();
    try (JobWorker worker = worker(runs)) {
      worker.start();
      await().atMost(PATIENCE).until(() -> counters().done() == MANY);
    }
    long done = System.nanoTime();
    System.out.printf(
        "jobs: %d enqueued at %.0f/s, done at %.0f/s%n",
        MANY, MANY * 1e9 / (enqueued - start), MANY * 1e9 / (done - enqueued));
    assertThat(runs).hasValue(MANY);
    QueueStatus status = store.status(queue);
    assertThat(status.running() + status.ended() + status.dead()).isZero();
    assertThat(status.counters().lost() + status.counters().retried()).isZero();
    assertThat(status.workers()).isZero();
  }

  @Test
  void theJobsOfAKilledWorkerBeginWhileThousandsOfOthersWait() {
    Duration lease = Duration.ofSeconds(1);
    Set<String> lost = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      lost.add(jobs.enqueue(JobRequest.of(type, new Unit(i))).id());
    }
    // What Redis knows of a process that is no more.
    store.beat(queue, "killed", lease, 5);
    assertThat(store.take(queue, "killed", 20, List.of(Priority.values())).jobs()).hasSize(20);
    Instant killed = store.now(queue);
    List<JobRequest<?>> others =
        Collections.nCopies(5_000, JobRequest.of(type, new Unit(0)).retaining(Duration.ZERO));
    jobs.enqueue(others);

    // At 10 ms each, four at once, the others take 12 s and more.
    WorkerSettings settings = WorkerSettings.defaults().withConcurrency(4).withLease(lease);
    CountDownLatch never = new CountDownLatch(1);
    long waiting;
    try (JobWorker heir =
        worker(
            settings,
            (unit, context) -> Outcome.done("late: " + never.await(10, TimeUnit.MILLISECONDS)))) {
      heir.start();
      await().atMost(PATIENCE).until(() -> lost.stream().allMatch(this::isDone));
      waiting = store.status(queue).ready().getOrDefault(Priority.NORMAL, 0L);
    }
    Duration longest =
        lost.stream()
            .map(id -> store.find(queue, id).orElseThrow().startedAt())
            .map(started -> Duration.between(killed, Objects.requireNonNull(started)))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    System.out.printf(
        "jobs: lease %s, taken back and begun after %s at most; of %d others %d wait%n",
        lease, longest, others.size(), waiting);
    assertThat(waiting).as("others that wait").isPositive();
  }

  private boolean isDone(String id) {
    return store.find(queue, id).orElseThrow().state() == JobState.DONE;
  }

  @Test
  void severalSchedulersFireOnceASecond() {
    AtomicInteger runs = new AtomicInteger();
    Schedule schedule =
        new Schedule("tick", Timing.every(Duration.ofSeconds(1)), JobRequest.of(type, new Unit(0)));
    List<Scheduler> schedulers = new ArrayList<>();
    Queue<Enqueued> fired = new ConcurrentLinkedQueue<>();
    JobListener listener =
        new JobListener() {
          @Override
          public void enqueued(String where, String what, Enqueued answer) {
            fired.add(answer);
          }
        };
    try (JobWorker worker = worker(runs)) {
      worker.start();
      for (int i = 0; i < 4; i++) {
        Scheduler scheduler =
            new Scheduler(store, List.of(schedule), Payloads.defaults(), listener);
        schedulers.add(scheduler);
        scheduler.start();
      }
      await().atMost(PATIENCE).until(() -> runs.get() >= 4);
      schedulers.forEach(Scheduler::close);
      await().atMost(PATIENCE).until(() -> counters().done() == counters().enqueued());
    }
    assertThat((long) runs.get()).isEqualTo(counters().enqueued());
    // Each second is one scheduler's alone. On a machine that stops, some may be left out.
    assertThat(fired)
        .hasSize(runs.get())
        .doesNotHaveDuplicates()
        .allMatch(Enqueued.Stored.class::isInstance);
    long last =
        fired.stream()
            .mapToLong(one -> Long.parseLong(one.id().substring("schedule:tick:".length())))
            .max()
            .orElseThrow();
    assertThat(store.schedules(queue)).containsEntry("tick", Instant.ofEpochSecond(last + 1));
  }
}
