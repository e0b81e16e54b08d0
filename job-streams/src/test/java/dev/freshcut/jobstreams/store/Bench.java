package dev.freshcut.jobstreams.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A store, a queue of it that no other test uses, and short ways to ask it. */
public final class Bench {
  static final Duration LEASE = Duration.ofSeconds(15);
  static final int MOST_LOSSES = 2;
  static final List<Priority> ORDER = List.of(Priority.values());

  private static final AtomicInteger QUEUES = new AtomicInteger();

  public final JobStore store;
  public final String queue = "queue-" + QUEUES.incrementAndGet();
  private final Supplier<JobStore> others;
  private final Consumer<Duration> clock;
  private int workers;

  /** The usual worker; another one as soon as it has lost its lease. */
  String worker = nextWorker();

  /**
   * A bench over a store.
   *
   * @param others give the same store as another process has it
   * @param clock moves the store's time
   */
  public Bench(JobStore store, Supplier<JobStore> others, Consumer<Duration> clock) {
    this.store = store;
    this.others = others;
    this.clock = clock;
  }

  JobStore another() {
    return others.get();
  }

  void advance(Duration by) {
    clock.accept(by);
  }

  Instant now() {
    return store.now(queue);
  }

  List<Enqueued> enqueue(TestJob... jobs) {
    return store.enqueue(queue, Stream.of(jobs).map(TestJob::build).toList());
  }

  Beat beat(String worker) {
    return store.beat(queue, worker, LEASE, MOST_LOSSES);
  }

  Taken take(String worker, int most) {
    return store.take(queue, worker, most, ORDER);
  }

  private String nextWorker() {
    return "worker-" + ++workers;
  }

  /** What the usual worker is given; it beats first. */
  List<TakenJob> take(int most) {
    if (!beat(worker).renewed()) {
      worker = nextWorker();
      assertThat(beat(worker).renewed()).isTrue();
    }
    return take(worker, most).jobs();
  }

  /** The one job that the usual worker is given. */
  TakenJob takeOne() {
    List<TakenJob> jobs = take(10);
    assertThat(jobs).hasSize(1);
    return jobs.getFirst();
  }

  List<String> takenIds(int most) {
    return take(most).stream().map(TakenJob::id).toList();
  }

  boolean settle(TakenJob job, Verdict verdict) {
    return store
        .settle(queue, worker, List.of(new Settlement(job.id(), job.lease(), verdict)))
        .getFirst();
  }

  boolean done(TakenJob job) {
    return settle(job, new Verdict.Done(null, null));
  }

  /** Takes the one ready job and gives it up. */
  void die(String reason) {
    assertThat(settle(takeOne(), new Verdict.Dead(reason))).isTrue();
  }

  JobRecord find(String id) {
    return store.find(queue, id).orElseThrow();
  }

  boolean isKept(String id) {
    return store.find(queue, id).isPresent();
  }

  public QueueStatus status() {
    return store.status(queue);
  }

  /** What happened to a job, in few words. */
  List<String> events(String id) {
    return find(id).events().stream().map(event -> event.what() + ": " + event.detail()).toList();
  }
}
