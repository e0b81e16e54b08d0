package dev.freshcut.jobstreams.worker;

import static dev.freshcut.jobstreams.worker.WorkerFixture.PATIENCE;
import static dev.freshcut.jobstreams.worker.WorkerFixture.SEND;
import static dev.freshcut.jobstreams.worker.WorkerFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.memory.SettableClock;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.TakenJob;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts that are over before they begin, and ends that wait to be told. */
class RunnerTest {
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final AtomicLong nanos = new AtomicLong();
  private final Running running = new Running();
  private final Session session = new Session("worker-1", LEASE.toNanos());
  private final List<JobListener.End> ends = new CopyOnWriteArrayList<>();
  private final List<String> begun = new CopyOnWriteArrayList<>();
  private final JobStore store =
      (JobStore)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {JobStore.class},
              (proxy, method, arguments) ->
                  method.getName().equals("settle")
                      ? Collections.nCopies(((List<?>) arguments[2]).size(), true)
                      : null);

  /** Runs a job whose attempt is stopped just before its handler is called; says how it ended. */
  private JobListener.End run(@Nullable Stop stop) throws InterruptedException {
    JobListener listener =
        new JobListener() {
          @Override
          public void started(String queue, String type, Duration waited) {
            if (stop == null) {
              nanos.addAndGet(LEASE.toNanos() + 1);
            } else {
              running.stop(attempt -> true, stop);
            }
          }

          @Override
          public void ended(String queue, String type, End end, Duration took) {
            ends.add(end);
          }
        };
    Handlers handlers =
        Handlers.builder()
            .add(
                SEND,
                (parcel, context) -> {
                  begun.add(context.id());
                  return Outcome.done();
                })
            .build();
    Settler settler = new Settler("parcels", store, 1, listener, nanos::get);
    Runner runner =
        new Runner(
            "parcels", handlers, running, settler, listener, new SettableClock(START), nanos::get);
    assertThat(session.renewed(0, 0)).isTrue();
    CountDownLatch over = new CountDownLatch(1);
    runner.start(
        new TakenJob("one", "1-1", "send", 1, "{\"number\":1}", 1, START, START, null),
        session,
        over::countDown);
    assertThat(over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    settler.stop();
    settler.run();
    assertThat(ends).hasSize(1);
    return ends.getFirst();
  }

  @ParameterizedTest
  @EnumSource(
      value = Stop.class,
      names = {"CANCELLED", "WORKER_STOPS", "LEASE_LOST"})
  void whatIsOverBeforeItBeginsIsNotBegun(Stop stop) throws InterruptedException {
    JobListener.End end = run(stop);
    assertThat(begun).isEmpty();
    assertThat(end)
        .isEqualTo(
            switch (stop) {
              case CANCELLED -> JobListener.End.CANCELLED;
              case LEASE_LOST -> JobListener.End.LOST;
              case WORKER_STOPS, TIMED_OUT -> JobListener.End.RELEASED;
            });
  }

  @Test
  void aProcessThatWasFrozenBeginsNothingOfBefore() throws InterruptedException {
    assertThat(run(null)).isEqualTo(JobListener.End.LOST);
    assertThat(begun).isEmpty();
  }

  @Test
  void endsThatWaitForTheStoreKeepNoThreadFromOthers() throws InterruptedException {
    Settler settler = new Settler("parcels", store, 1, JobListener.NONE, nanos::get);
    Settler.Ended ended =
        new Settler.Ended(
            session, "send", new Settlement("one", "1-1", Verdicts.STOPPED), Duration.ZERO);
    // On JDK 21, more than the threads that a waiting monitor makes up for.
    List<Thread> waiting = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      waiting.add(Thread.ofVirtual().start(() -> settler.add(ended)));
    }
    CountDownLatch another = new CountDownLatch(1);
    try {
      Thread unused = Thread.ofVirtual().start(another::countDown);
      assertThat(another.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      settler.stop();
    }
    await().atMost(PATIENCE).until(() -> waiting.stream().noneMatch(Thread::isAlive));
  }
}
