package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.JobState;
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
    bench.store.unschedule(bench.queue, "nightly");
    bench.store.unschedule(bench.queue, "unknown");
    assertThat(bench.store.schedules(bench.queue)).isEqualTo(Map.of("hourly", FIRST));
    bench.store.schedule(bench.queue, "nightly", "0 3 * * *", FIRST);
    assertThat(bench.store.schedules(bench.queue)).containsEntry("nightly", FIRST);
  }

  @Test
  default void ofAllWhoFindItDueOneFires() {
    Bench bench = bench();
    bench.store.schedule(bench.queue, "nightly", "0 2 * * *", FIRST);
    Fire fire = new Fire("nightly", FIRST, SECOND, job("nightly:1").build());

    assertThat(bench.store.fire(bench.queue, fire)).isTrue();
    assertThat(bench.store.fire(bench.queue, fire)).isFalse();

    assertThat(bench.store.schedules(bench.queue)).isEqualTo(Map.of("nightly", SECOND));
    assertThat(bench.find("nightly:1").state()).isEqualTo(JobState.READY);
    assertThat(bench.status().counters().enqueued()).isEqualTo(1);
  }

  @Test
  default void aFiringOfAScheduleThatHasMovedOrGoneIsIgnored() {
    Bench bench = bench();
    bench.store.schedule(bench.queue, "nightly", "0 2 * * *", SECOND);
    NewJob job = job("a").build();
    assertThat(bench.store.fire(bench.queue, new Fire("nightly", FIRST, SECOND, job))).isFalse();
    assertThat(bench.store.fire(bench.queue, new Fire("unknown", SECOND, SECOND, job))).isFalse();
    assertThat(bench.isKept("a")).isFalse();
  }
}
