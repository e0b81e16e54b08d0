package dev.freshcut.jobstreams.worker;

import static org.awaitility.Awaitility.await;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.RetryPolicy;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.memory.SettableClock;
import dev.freshcut.jobstreams.store.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Workers on a store in memory; its time and that of their leases stand still. */
final class WorkerFixture implements AutoCloseable {
  record Parcel(int number) {}

  static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final JobType<Parcel> SEND = JobType.of("parcels", "send", Parcel.class);
  static final RetryPolicy PLAIN =
      new RetryPolicy(3, Duration.ofSeconds(60), Duration.ofHours(1), 0, List.of());

  /** The monotonic clock of leases: none ends here because a machine is slow. */
  final AtomicLong nanos = new AtomicLong();

  final SettableClock clock = new SettableClock(START);
  final FlakyStore flaky = new FlakyStore(new MemoryJobStore(clock));
  final StoredJobs jobs = new StoredJobs(flaky.store, Payloads.defaults(), JobListener.NONE);

  /** What workers said of the ends of attempts. */
  final Queue<JobListener.End> ends = new ConcurrentLinkedQueue<>();

  private final JobListener listener =
      new JobListener() {
        @Override
        public void ended(String queue, String type, End end, Duration took) {
          ends.add(end);
        }
      };
  private final List<JobWorker> workers = new ArrayList<>();

  JobWorker start(Handlers.Builder handlers, UnaryOperator<WorkerSettings> settings) {
    JobWorker worker =
        new JobWorker(
            "parcels",
            flaky.store,
            handlers.build(),
            settings.apply(WorkerSettings.defaults()),
            listener,
            clock,
            nanos::get);
    workers.add(worker);
    worker.start();
    return worker;
  }

  JobWorker start(Handlers.Builder handlers) {
    return start(handlers, UnaryOperator.identity());
  }

  String enqueue(int number) {
    return jobs.enqueue(JobRequest.of(SEND, new Parcel(number))).id();
  }

  JobRecord record(String id) {
    return flaky.store.find("parcels", id).orElseThrow();
  }

  JobRecord awaitState(String id, JobState state) {
    await("job is " + state)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .until(() -> record(id).state() == state);
    return record(id);
  }

  @Override
  public void close() {
    flaky.down.clear();
    flaky.deaf.clear();
    workers.forEach(JobWorker::close);
  }
}
