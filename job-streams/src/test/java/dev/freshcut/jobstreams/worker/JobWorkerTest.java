package dev.freshcut.jobstreams.worker;

import static dev.freshcut.jobstreams.worker.WorkerFixture.PATIENCE;
import static dev.freshcut.jobstreams.worker.WorkerFixture.SEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.worker.WorkerFixture.Parcel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobWorkerTest {
  private final WorkerFixture fixture = new WorkerFixture();
  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void stop() {
    gate.countDown();
    fixture.close();
  }

  private Handlers.Builder handler(JobHandler<Parcel> handler) {
    return Handlers.builder().add(SEND, handler);
  }

  /** Says that it has begun and waits at the gate. */
  private Outcome waits() throws InterruptedException {
    begun.release();
    gate.await();
    return Outcome.done();
  }

  @Test
  void noMoreJobsAtOnceThanItsConcurrency() throws InterruptedException {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    fixture.start(
        handler(
            (parcel, context) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Outcome outcome = waits();
              now.decrementAndGet();
              return outcome;
            }),
        settings -> settings.withConcurrency(4));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(fixture.enqueue(i));
    }
    begun.acquire(4);
    assertThat(fixture.flaky.store.status("parcels").running()).isEqualTo(4);
    gate.countDown();
    ids.forEach(id -> fixture.awaitState(id, JobState.DONE));
    assertThat(most).hasValue(4);
  }

  @Test
  void urgentFirstAndBulkInTheEnd() {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Priority priority = i == 0 ? Priority.BULK : i < 28 ? Priority.NORMAL : Priority.URGENT;
      JobRequest<Parcel> job = JobRequest.of(SEND, new Parcel(i)).withPriority(priority);
      ids.add(fixture.jobs.enqueue(job).id());
    }
    fixture.start(
        handler(
            (parcel, context) -> {
              order.add(parcel.number());
              return Outcome.done();
            }),
        settings -> settings.withConcurrency(1));
    ids.forEach(id -> fixture.awaitState(id, JobState.DONE));
    assertThat(order.subList(0, 3)).containsExactly(28, 29, 1);
    assertThat(order.indexOf(0)).as("bulk has its turn").isBetween(3, 10);
  }

  @Test
  void everyPriorityHasItsTurnHoweverMuchWaitsInTheOthers() {
    List<Priority> priorities = List.of(Priority.values());
    List<Priority> order = Collections.synchronizedList(new ArrayList<>());
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      Priority priority = priorities.get(i % 3);
      JobRequest<Parcel> job = JobRequest.of(SEND, new Parcel(i % 3)).withPriority(priority);
      ids.add(fixture.jobs.enqueue(job).id());
    }
    fixture.start(
        handler(
            (parcel, context) -> {
              order.add(priorities.get(parcel.number()));
              return Outcome.done();
            }),
        settings -> settings.withConcurrency(1));
    ids.forEach(id -> fixture.awaitState(id, JobState.DONE));
    for (int round = 0; round < 2; round++) {
      assertThat(order.subList(8 * round, 8 * round + 8))
          .containsExactly(
              Priority.URGENT,
              Priority.URGENT,
              Priority.URGENT,
              Priority.NORMAL,
              Priority.URGENT,
              Priority.URGENT,
              Priority.URGENT,
              Priority.BULK);
    }
  }

  @Test
  void aRunningJobIsCancelled() throws InterruptedException {
    fixture.start(
        handler((parcel, context) -> waits()),
        settings -> settings.withLease(Duration.ofSeconds(1)));
    String id = fixture.enqueue(1);
    begun.acquire();
    assertThat(fixture.flaky.store.cancel("parcels", id, "not wanted"))
        .isEqualTo(JobStore.Cancelled.ASKED);
    fixture.awaitState(id, JobState.CANCELLED);
  }

  @Test
  void progressIsTold() throws InterruptedException {
    fixture.start(
        handler(
            (parcel, context) -> {
              context.progress(40, "x".repeat(300));
              return waits();
            }));
    String id = fixture.enqueue(1);
    begun.acquire();
    await().atMost(PATIENCE).until(() -> fixture.record(id).percent() == 40);
    assertThat(fixture.record(id).note()).hasSize(200);
  }

  @Test
  void stoppingWaitsForWhatRunsAndTakesNoMore() throws InterruptedException {
    JobWorker worker = fixture.start(handler((parcel, context) -> waits()));
    String runs = fixture.enqueue(1);
    begun.acquire();
    Thread closing = Thread.ofVirtual().start(worker::close);
    await().atMost(PATIENCE).until(() -> worker.state() == WorkerState.DRAINING);
    String waits = fixture.enqueue(2);
    gate.countDown();
    closing.join();
    assertThat(worker.state()).isEqualTo(WorkerState.STOPPED);
    assertThat(fixture.record(runs).state()).isEqualTo(JobState.DONE);
    assertThat(fixture.record(waits).state()).isEqualTo(JobState.READY);
    assertThat(fixture.flaky.store.status("parcels").workers()).isZero();
    assertThatThrownBy(worker::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatDoesNotEndInTimeIsGivenBack() throws InterruptedException {
    JobWorker worker =
        fixture.start(
            handler((parcel, context) -> waits()), settings -> settings.withDrain(Duration.ZERO));
    String id = fixture.enqueue(1);
    begun.acquire();
    worker.close();
    JobRecord job = fixture.record(id);
    assertThat(job.state()).isEqualTo(JobState.READY);
    assertThat(job.attempts()).isZero();
    assertThat(job.losses()).isZero();
  }

  @Test
  void withoutHeartbeatsItEndsWhatItRunsAndComesBackUnderAnotherName() throws InterruptedException {
    Set<String> interrupted = ConcurrentHashMap.newKeySet();
    fixture.start(
        handler(
            (parcel, context) -> {
              try {
                return waits();
              } catch (InterruptedException e) {
                interrupted.add(context.id());
                throw e;
              }
            }),
        settings -> settings.withLease(Duration.ofMillis(500)));
    String id = fixture.enqueue(1);
    begun.acquire();
    String before = fixture.record(id).worker();
    fixture.flaky.down.add("beat");
    fixture.nanos.addAndGet(Duration.ofMillis(501).toNanos());
    await().atMost(PATIENCE).until(() -> interrupted.contains(id));
    assertThat(fixture.record(id).state())
        .as("the store's time stands still")
        .isEqualTo(JobState.RUNNING);
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.flaky.down.clear();
    begun.acquire();
    JobRecord again = fixture.record(id);
    assertThat(again.worker()).isNotEqualTo(before);
    assertThat(again.losses()).isEqualTo(1);
    gate.countDown();
    fixture.awaitState(id, JobState.DONE);
  }

  @Test
  void aLeaseThatEndedInTheStoreIsNoticed() throws InterruptedException {
    fixture.start(
        handler((parcel, context) -> waits()),
        settings -> settings.withLease(Duration.ofSeconds(1)));
    String id = fixture.enqueue(1);
    begun.acquire();
    fixture.clock.advance(Duration.ofSeconds(2));
    begun.acquire();
    gate.countDown();
    assertThat(fixture.awaitState(id, JobState.DONE).losses()).isEqualTo(1);
  }

  @Test
  void itOutlivesAStoreThatFails() {
    Set<String> done = ConcurrentHashMap.newKeySet();
    fixture.flaky.down.addAll(Set.of("beat", "take", "await", "sweep"));
    fixture.start(
        handler(
            (parcel, context) -> {
              done.add(context.id());
              return Outcome.done();
            }));
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      ids.add(fixture.enqueue(i));
    }
    await().atMost(PATIENCE).until(() -> fixture.flaky.failures.get() > 3);
    fixture.flaky.down.clear();
    fixture.flaky.down.add("settle");
    await().atMost(PATIENCE).until(() -> done.size() >= 32);
    fixture.flaky.deaf.add("settle");
    fixture.flaky.down.clear();
    int before = fixture.flaky.failures.get();
    await().atMost(PATIENCE).until(() -> fixture.flaky.failures.get() > before);
    fixture.flaky.deaf.clear();
    ids.forEach(id -> fixture.awaitState(id, JobState.DONE));
    assertThat(done).isEqualTo(ids);
    assertThat(fixture.flaky.store.status("parcels").counters().lost()).isZero();
    await().atMost(PATIENCE).until(() -> fixture.ends.size() == ids.size());
    assertThat(fixture.ends).containsOnly(JobListener.End.DONE);
  }

  @Test
  void aListenerThatFailsStopsNothing() {
    JobListener failing =
        new JobListener() {
          @Override
          public void started(String queue, String type, Duration waited) {
            throw new IllegalStateException("started");
          }

          @Override
          public void ended(String queue, String type, End end, Duration took) {
            throw new IllegalStateException("ended");
          }
        };
    Handlers handlers = handler((parcel, context) -> Outcome.done()).build();
    try (JobWorker worker =
        new JobWorker(
            "parcels",
            fixture.flaky.store,
            handlers,
            WorkerSettings.defaults(),
            failing,
            fixture.clock,
            fixture.nanos::get)) {
      worker.start();
      fixture.awaitState(fixture.enqueue(1), JobState.DONE);
      fixture.awaitState(fixture.enqueue(2), JobState.DONE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"take", "settle"})
  void aWorkerAPartOfWhichBreaksLeavesItsJobsToOthers(String call) {
    AtomicInteger runs = new AtomicInteger();
    Handlers.Builder handlers =
        handler(
            (parcel, context) -> {
              runs.incrementAndGet();
              return Outcome.done();
            });
    fixture.flaky.broken.add(call);
    JobWorker worker = fixture.start(handlers);
    String id = fixture.enqueue(1);
    await().atMost(PATIENCE).until(() -> worker.state() == WorkerState.STOPPED);
    fixture.flaky.broken.clear();
    fixture.start(handlers);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              fixture.clock.advance(Duration.ofSeconds(1));
              return fixture.record(id).state() == JobState.DONE;
            });
    assertThat(runs.get()).isEqualTo(call.equals("settle") ? 2 : 1);
  }

  @Test
  void aStopThatIsCutShortEndsWhatRuns() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    JobWorker worker =
        fixture.start(
            handler(
                (parcel, context) -> {
                  try {
                    return waits();
                  } finally {
                    ended.countDown();
                  }
                }),
            settings -> settings.withDrain(Duration.ofHours(1)));
    String unused = fixture.enqueue(1);
    begun.acquire();
    Thread closing = Thread.ofPlatform().start(worker::close);
    await().atMost(PATIENCE).until(() -> worker.state() == WorkerState.DRAINING);
    closing.interrupt();
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    closing.join();
  }

  @Test
  void aPausedQueueIsLeftAlone() {
    fixture.flaky.store.pause("parcels");
    fixture.start(handler((parcel, context) -> Outcome.done()));
    String id = fixture.enqueue(1);
    await().atMost(PATIENCE).until(() -> fixture.flaky.store.status("parcels").workers() == 1);
    assertThat(fixture.record(id).state()).isEqualTo(JobState.READY);
    fixture.flaky.store.resume("parcels");
    fixture.awaitState(id, JobState.DONE);
  }
}
