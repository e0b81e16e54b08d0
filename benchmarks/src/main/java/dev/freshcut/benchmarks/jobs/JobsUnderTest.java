package dev.freshcut.benchmarks.jobs;

import dev.freshcut.benchmarks.cache.CacheUnderTest;
import dev.freshcut.embeddedstack.RedisServer;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.redis.RedisJobStore;
import dev.freshcut.jobstreams.redis.RedisJobStoreSettings;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.worker.Handlers;
import dev.freshcut.jobstreams.worker.JobWorker;
import dev.freshcut.jobstreams.worker.WorkerSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;
import org.redisson.api.RedissonClient;

/** The job queue with its default settings, in a database of its own that is emptied at start. */
final class JobsUnderTest implements AutoCloseable {
  static final String QUEUE = "measured";

  /** A job that carries when it was due, by {@link System#nanoTime}. */
  record Timed(long due) {}

  /** A job without a body. */
  record Nothing() {}

  private static final JobType<Nothing> NOOP = JobType.of(QUEUE, "noop", Nothing.class);
  private static final JobType<Timed> TIMED = JobType.of(QUEUE, "timed", Timed.class);
  private static final int BATCH = 100;

  private final Clock clock;
  private final RedissonClient redisson;
  private final JobStore store;
  private final Jobs jobs;

  JobsUnderTest(Clock clock, RedisServer redis, int database) {
    this.clock = clock;
    this.redisson = CacheUnderTest.connect(redis, database);
    redisson.getKeys().flushdb();
    this.store = new RedisJobStore(redisson, RedisJobStoreSettings.defaults());
    this.jobs = new StoredJobs(store, Payloads.defaults(), JobListener.NONE);
  }

  /** Enqueues jobs that do nothing, one call after the other; returns how many a second. */
  double enqueueOneByOne(int count) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      jobs.enqueue(noop());
    }
    return count * 1e9 / (System.nanoTime() - start);
  }

  /** As before, in calls of a hundred. */
  double enqueueTogether(int count) {
    List<JobRequest<?>> batch = Collections.nCopies(BATCH, noop());
    long start = System.nanoTime();
    for (int i = 0; i < count; i += BATCH) {
      jobs.enqueue(batch);
    }
    return count * 1e9 / (System.nanoTime() - start);
  }

  void enqueueTimed(long due) {
    jobs.enqueue(JobRequest.of(TIMED, new Timed(due)).retaining(Duration.ZERO));
  }

  /** What neither its result nor its history is asked for of, as with the reference. */
  private static JobRequest<Nothing> noop() {
    return JobRequest.of(NOOP, new Nothing()).retaining(Duration.ZERO);
  }

  /** How many jobs were ever enqueued. */
  long enqueued() {
    return store.status(QUEUE).counters().enqueued();
  }

  /** How many jobs the store has seen end. */
  long ended() {
    return store.status(QUEUE).counters().done();
  }

  /** Starts a worker; timed jobs tell how many nanoseconds after they were due they began. */
  JobWorker start(LongConsumer lateness) {
    Handlers handlers =
        Handlers.builder()
            .add(NOOP, (nothing, context) -> Outcome.done())
            .add(
                TIMED,
                (timed, context) -> {
                  lateness.accept(System.nanoTime() - timed.due());
                  return Outcome.done();
                })
            .build();
    JobWorker worker =
        new JobWorker(QUEUE, store, handlers, WorkerSettings.defaults(), JobListener.NONE, clock);
    worker.start();
    return worker;
  }

  @Override
  public void close() {
    redisson.shutdown();
  }
}
