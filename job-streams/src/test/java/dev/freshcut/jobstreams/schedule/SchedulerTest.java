package dev.freshcut.jobstreams.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.memory.SettableClock;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.JobStore;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:30Z");
  private static final JobType<Sweep> SWEEP = JobType.of("chores", "sweep", Sweep.class);

  private static final JobType<Loop> LOOP = JobType.of("chores", "loop", Loop.class);

  private final SettableClock clock = new SettableClock(START);
  private final MemoryJobStore store = new MemoryJobStore(clock);

  record Sweep(String room) {}

  record Loop(List<Object> items) {}

  private static Schedule every(Duration interval) {
    return new Schedule("hall", Timing.every(interval), JobRequest.of(SWEEP, new Sweep("hall")));
  }

  private Scheduler scheduler(Schedule schedule) {
    return new Scheduler(store, List.of(schedule), Payloads.defaults(), JobListener.NONE);
  }

  private List<JobRecord> ready() {
    return store.list("chores", JobState.READY, null, 500).jobs();
  }

  @Test
  void firesWhenDueWithAnIdThatNamesTheFiring() {
    Scheduler scheduler = scheduler(every(Duration.ofMinutes(1)));
    scheduler.tick();
    assertThat(ready()).isEmpty();
    assertThat(scheduler.tick()).isEqualTo(Duration.ofSeconds(30));
    clock.advance(Duration.ofSeconds(30));
    scheduler.tick();
    scheduler.tick();
    assertThat(ready()).hasSize(1);
    JobRecord job = ready().getFirst();
    Instant firing = Instant.parse("2026-03-02T09:01:00Z");
    assertThat(job.id()).isEqualTo("schedule:hall:" + firing.getEpochSecond());
    assertThat(job.dueAt()).isEqualTo(firing);
    assertThat(job.payload()).isEqualTo("{\"room\":\"hall\"}");
  }

  @Test
  void whatWasMissedFiresOnce() {
    Scheduler scheduler = scheduler(every(Duration.ofMinutes(1)));
    scheduler.tick();
    clock.advance(Duration.ofHours(5));
    scheduler.tick();
    scheduler.tick();
    assertThat(ready())
        .extracting(JobRecord::dueAt)
        .containsExactly(Instant.parse("2026-03-02T14:00:00Z"));
    assertThat(store.schedules("chores"))
        .containsEntry("hall", Instant.parse("2026-03-02T14:01:00Z"));
  }

  @Test
  void anotherDefinitionBeginsAnewTheSameGoesOn() {
    scheduler(every(Duration.ofMinutes(1))).tick();
    clock.advance(Duration.ofSeconds(40));
    Scheduler same = scheduler(every(Duration.ofMinutes(1)));
    same.tick();
    same.tick();
    assertThat(ready()).as("due before it came").hasSize(1);
    scheduler(every(Duration.ofHours(1))).tick();
    assertThat(store.schedules("chores"))
        .containsEntry("hall", Instant.parse("2026-03-02T10:00:00Z"));
  }

  @Test
  void whatSomebodyHasDefinedAnewIsFiredByThoseWhoKnow() {
    Scheduler old = scheduler(every(Duration.ofMinutes(1)));
    old.tick();
    Scheduler present = scheduler(every(Duration.ofMinutes(10)));
    present.tick();
    clock.set(Instant.parse("2026-03-02T09:10:00Z"));
    assertThat(old.tick()).as("nor does it ask all the time").isGreaterThan(Duration.ofMillis(99));
    assertThat(ready()).isEmpty();
    present.tick();
    assertThat(ready()).hasSize(1);
    assertThat(store.schedules("chores"))
        .containsEntry("hall", Instant.parse("2026-03-02T09:20:00Z"));
    assertThat(old.tick()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aScheduleWhoseLastDefinerHasGoneIsTakenOver() {
    Scheduler stays = scheduler(every(Duration.ofMinutes(1)));
    stays.tick();
    scheduler(every(Duration.ofMinutes(10))).tick();
    clock.set(Instant.parse("2026-03-02T09:11:01Z"));
    stays.tick();
    stays.tick();
    assertThat(ready())
        .extracting(JobRecord::dueAt)
        .containsExactly(Instant.parse("2026-03-02T09:11:00Z"));
    assertThat(store.schedules("chores"))
        .containsEntry("hall", Instant.parse("2026-03-02T09:12:00Z"));
  }

  @Test
  void listenersAreToldWhatBecameOfAFiring() {
    List<Enqueued> told = new ArrayList<>();
    JobListener listener =
        new JobListener() {
          @Override
          public void enqueued(String queue, String type, Enqueued answer) {
            told.add(answer);
          }
        };
    Schedule unique =
        new Schedule(
            "hall",
            Timing.every(Duration.ofMinutes(1)),
            JobRequest.of(SWEEP, new Sweep("hall")).uniqueBy("sweep", Duration.ofHours(1)));
    Scheduler scheduler = new Scheduler(store, List.of(unique), Payloads.defaults(), listener);
    scheduler.tick();
    clock.advance(Duration.ofMinutes(1));
    scheduler.tick();
    clock.advance(Duration.ofMinutes(1));
    scheduler.tick();
    assertThat(told).hasSize(2);
    String holder = told.getFirst().id();
    assertThat(told).containsExactly(new Enqueued.Stored(holder), new Enqueued.Unique(holder));
  }

  @Test
  void anyNumberOfSchedulersFireOnce() throws Exception {
    List<Scheduler> schedulers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Scheduler scheduler = scheduler(every(Duration.ofSeconds(1)));
      scheduler.tick();
      schedulers.add(scheduler);
    }
    CyclicBarrier together = new CyclicBarrier(9);
    List<Thread> threads = new ArrayList<>();
    for (Scheduler scheduler : schedulers) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int second = 0; second < 100; second++) {
                        together.await();
                        scheduler.tick();
                        together.await();
                      }
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  }));
    }
    for (int second = 0; second < 100; second++) {
      clock.advance(Duration.ofSeconds(1));
      together.await();
      together.await();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(ready()).hasSize(100);
    assertThat(store.status("chores").counters().enqueued()).isEqualTo(100);
  }

  @Test
  void itRunsByItself() {
    MemoryJobStore real = new MemoryJobStore(Clock.systemUTC());
    Schedule schedule = every(Duration.ofSeconds(1));
    try (Scheduler scheduler =
        new Scheduler(real, List.of(schedule), Payloads.defaults(), JobListener.NONE)) {
      scheduler.start();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> real.status("chores").counters().enqueued() >= 2);
    }
  }

  @Test
  void neitherAnErrorNorAListenerThatThrowsEndsIt() {
    MemoryJobStore real = new MemoryJobStore(Clock.systemUTC());
    AtomicInteger calls = new AtomicInteger();
    JobStore broken =
        (JobStore)
            Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) -> {
                  if (calls.getAndIncrement() == 0) {
                    throw new LinkageError("as the test wants");
                  }
                  return method.invoke(real, arguments);
                });
    AtomicInteger failures = new AtomicInteger();
    JobListener listener =
        new JobListener() {
          @Override
          public void enqueued(String queue, String type, Enqueued answer) {
            throw new IllegalStateException("as the test wants");
          }

          @Override
          public void storeFailed(String queue, String call) {
            failures.incrementAndGet();
          }
        };
    Schedule schedule = every(Duration.ofSeconds(1));
    try (Scheduler scheduler =
        new Scheduler(broken, List.of(schedule), Payloads.defaults(), listener)) {
      scheduler.start();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> real.status("chores").counters().enqueued() >= 2);
    }
    assertThat(failures).as("the error; a listener's failure is none of the store").hasValue(1);
  }

  @Test
  void whatAScheduleMayNotSay() {
    JobRequest<Sweep> named = JobRequest.of(SWEEP, new Sweep("hall")).withId("one", Duration.ZERO);
    Timing timing = Timing.every(Duration.ofSeconds(1));
    assertThatThrownBy(() -> new Schedule("hall", timing, named))
        .isInstanceOf(IllegalArgumentException.class);
    List<Object> items = new ArrayList<>();
    items.add(items);
    Schedule endless = new Schedule("hall", timing, JobRequest.of(LOOP, new Loop(items)));
    assertThatThrownBy(() -> scheduler(endless))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can't be written");
    Schedule schedule = every(Duration.ofSeconds(1));
    assertThatThrownBy(
            () ->
                new Scheduler(
                    store, List.of(schedule, schedule), Payloads.defaults(), JobListener.NONE))
        .hasMessage("queue chores has two schedules named hall");
  }
}
