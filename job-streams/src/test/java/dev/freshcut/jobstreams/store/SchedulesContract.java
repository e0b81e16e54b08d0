package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recurring schedules. */
public interface SchedulesContract extends OnBench {
  Instant FIRST = Instant.parse("2026-03-29T00:30:00Z");
  Instant SECOND = FIRST.plusSeconds(3600);

  @Test
  default void aScheduleKeepsItsNextFiringUntilItIsDefinedAnew() {
    Bench bench = bench();
    bench.store.schedule(bench.queue, "nightly", "0 2 * * *", FIRST);
    bench.store.schedule(bench.queue, "nightly", "0 2 * * *", SECOND);
    assertThat(bench.store.schedules(bench.queue)).isEqualTo(Map.of("nightly", FIRST));
    bench.store.schedule(bench.queue, "nightly", "0 3 * * *", SECOND);
    bench.store.schedule(bench.queue, "hourly", "0 * * * *", FIRST);
    assertThat(bench.store.schedules(bench.queue))
        .isEqualTo(Map.of("nightly", SECOND, "hourly", FIRST));
    assertThat(bench.store.unschedule(bench.queue, "nightly")).isTrue();
    assertThat(bench.store.unschedule(bench.queue, "nightly")).isFalse();
    assertThat(bench.store.schedules(bench.queue)).isEqualTo(Map.of("hourly", FIRST));
    bench.store.schedule(bench.queue, "nightly", "0 3 * * *", FIRST);
    assertThat(bench.store.schedules(bench.queue)).containsEntry("nightly", FIRST);
  }

  @Test
  default void ofAllWhoFindItDueOneFires() {
    Bench bench = bench();
    bench.store.schedule(bench.queue, "nightly", "0 2 * * *", FIRST);
    Fire fire = fire("nightly", "0 2 * * *", FIRST, job("nightly:1"));

    assertThat(bench.store.fire(bench.queue, fire)).contains(new Enqueued.Stored("nightly:1"));
    assertThat(bench.store.fire(bench.queue, fire)).isEmpty();

    assertThat(bench.store.schedules(bench.queue)).isEqualTo(Map.of("nightly", SECOND));
    assertThat(bench.find("nightly:1").state()).isEqualTo(JobState.READY);
    assertThat(bench.status().counters().enqueued()).isEqualTo(1);
  }

  @Test
  default void aFiringOfAScheduleThatHasMovedOrGoneIsIgnored() {
    Bench bench = bench();
    bench.store.schedule(bench.queue, "nightly", "0 2 * * *", SECOND);
    Fire moved = fire("nightly", "0 2 * * *", FIRST, job("a"));
    assertThat(bench.store.fire(bench.queue, moved)).isEmpty();
    Fire unknown = fire("unknown", "0 2 * * *", SECOND, job("a"));
    assertThat(bench.store.fire(bench.queue, unknown)).isEmpty();
    assertThat(bench.isKept("a")).isFalse();
  }

  @Test
  default void whoKnowsAnotherDefinitionDoesNotFire() {
    Bench bench = bench();
    bench.store.schedule(bench.queue, "nightly", "0 2 * * *", FIRST);
    bench.store.schedule(bench.queue, "nightly", "0 3 * * *", FIRST);
    Fire old = fire("nightly", "0 2 * * *", FIRST, job("old"));
    assertThat(bench.store.fire(bench.queue, old)).isEmpty();
    assertThat(bench.isKept("old")).isFalse();
    assertThat(bench.store.schedules(bench.queue)).containsEntry("nightly", FIRST);
    Fire present = fire("nightly", "0 3 * * *", FIRST, job("present"));
    assertThat(bench.store.fire(bench.queue, present)).isPresent();
  }

  @Test
  default void aFiringTellsWhatBecameOfItsJob() {
    Bench bench = bench();
    bench.enqueue(job("known"), job("holder").unique("key", Duration.ZERO));
    bench.store.schedule(bench.queue, "one", "x", FIRST);
    bench.store.schedule(bench.queue, "two", "x", FIRST);
    assertThat(bench.store.fire(bench.queue, fire("one", "x", FIRST, job("known"))))
        .contains(new Enqueued.Known("known"));
    TestJob unique = job("other").unique("key", Duration.ZERO);
    assertThat(bench.store.fire(bench.queue, fire("two", "x", FIRST, unique)))
        .contains(new Enqueued.Unique("holder"));
    assertThat(bench.store.schedules(bench.queue)).containsEntry("two", SECOND);
  }

  private static Fire fire(String name, String definition, Instant due, TestJob job) {
    return new Fire(name, definition, due, SECOND, job.build());
  }
}
