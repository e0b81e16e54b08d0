package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.JobStore.Cancelled;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cancelling, redriving, purging, and starting early. */
public interface OperatingContract extends OnBench {
  @Test
  default void aWaitingJobIsCancelledAtOnce() {
    Bench bench = bench();
    bench.enqueue(job("ready"), job("scheduled").runAt(bench.now().plusSeconds(60)));
    for (String id : List.of("ready", "scheduled")) {
      assertThat(bench.store.cancel(bench.queue, id, "not wanted")).isEqualTo(Cancelled.CANCELLED);
      JobRecord job = bench.find(id);
      assertThat(job.state()).isEqualTo(JobState.CANCELLED);
      assertThat(job.reason()).isEqualTo("not wanted");
      assertThat(job.endedAt()).isNotNull();
      assertThat(bench.events(id)).containsExactly("cancelled: not wanted");
      assertThat(bench.store.cancel(bench.queue, id, "again")).isEqualTo(Cancelled.ENDED);
    }
    bench.advance(Duration.ofMinutes(2));
    assertThat(bench.take(10)).isEmpty();
    assertThat(bench.status().counters().cancelled()).isEqualTo(2);
    assertThat(bench.status().ended()).isEqualTo(2);
  }

  @Test
  default void aRunningJobsWorkerIsAsked() {
    Bench bench = bench();
    bench.enqueue(job("a"), job("b"));
    TakenJob taken = bench.take(1).getFirst();
    assertThat(bench.store.cancel(bench.queue, "a", "stop")).isEqualTo(Cancelled.ASKED);
    assertThat(bench.store.cancel(bench.queue, "a", "stop!")).isEqualTo(Cancelled.ASKED);
    assertThat(bench.find("a").state()).isEqualTo(JobState.RUNNING);
    assertThat(bench.beat(bench.worker).cancelled()).containsExactly("a");
    assertThat(bench.settle(taken, new Verdict.Cancelled("stopped"))).isTrue();
    assertThat(bench.find("a").state()).isEqualTo(JobState.CANCELLED);
    assertThat(bench.find("a").reason()).isEqualTo("stopped");
    assertThat(bench.events("a")).containsExactly("cancel asked: stop", "cancelled: stopped");
    assertThat(bench.beat(bench.worker).cancelled()).isEmpty();
  }

  @Test
  default void unknownJobsAreSaidToBe() {
    Bench bench = bench();
    assertThat(bench.store.cancel(bench.queue, "no", "why")).isEqualTo(Cancelled.UNKNOWN);
    assertThat(bench.store.find(bench.queue, "no")).isEmpty();
    assertThat(bench.store.runNow(bench.queue, "no")).isFalse();
    assertThat(bench.store.redrive(bench.queue, "no")).isFalse();
    assertThat(bench.store.cancelGroup(bench.queue, "no", "why")).isZero();
    assertThat(bench.store.redriveAll(bench.queue, 10)).isZero();
    assertThat(bench.store.purge(bench.queue, bench.now(), 10)).isZero();
    assertThat(bench.store.sweep(bench.queue)).isFalse();
    for (JobState state : JobState.values()) {
      assertThat(bench.store.list(bench.queue, state, null, 10))
          .isEqualTo(new Page(List.of(), null));
    }
  }

  @Test
  default void aRequestToCancelDoesNotOutliveItsJobsDeath() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    TakenJob taken = bench.takeOne();
    bench.store.progress(bench.queue, List.of(new Progress("a", taken.lease(), 60, "sixty")));
    bench.store.cancel(bench.queue, "a", "stop");
    bench.settle(taken, new Verdict.Dead("bad"));
    assertThat(bench.store.redrive(bench.queue, "a")).isTrue();
    assertThat(bench.find("a").percent()).isZero();
    assertThat(bench.find("a").note()).isNull();

    bench.settle(bench.takeOne(), new Verdict.Retry("later", Duration.ofSeconds(5)));
    assertThat(bench.find("a").state()).isEqualTo(JobState.SCHEDULED);
    bench.advance(Duration.ofSeconds(5));
    bench.takeOne();
    assertThat(bench.store.cancel(bench.queue, "a", "stop again")).isEqualTo(Cancelled.ASKED);
    assertThat(bench.beat(bench.worker).cancelled()).containsExactly("a");
  }

  @Test
  default void aGroupIsCancelledTogether() {
    Bench bench = bench();
    Instant later = bench.now().plusSeconds(60);
    bench.enqueue(
        job("runs").group("g"),
        job("done").group("g"),
        job("waits").group("g"),
        job("scheduled").group("g").runAt(later),
        job("other").group("g2"));
    List<TakenJob> taken = bench.take(2);
    bench.done(taken.get(1));

    assertThat(bench.store.cancelGroup(bench.queue, "g", "gone")).isEqualTo(3);

    assertThat(bench.find("waits").state()).isEqualTo(JobState.CANCELLED);
    assertThat(bench.find("scheduled").state()).isEqualTo(JobState.CANCELLED);
    assertThat(bench.find("done").state()).isEqualTo(JobState.DONE);
    assertThat(bench.find("other").state()).isEqualTo(JobState.READY);
    assertThat(bench.beat(bench.worker).cancelled()).containsExactly("runs");
    assertThat(bench.store.cancelGroup(bench.queue, "g", "gone")).as("what runs").isEqualTo(1);
  }

  @Test
  default void aLargeGroupIsCancelledToo() {
    Bench bench = bench();
    for (int batch = 0; batch < 3; batch++) {
      String prefix = "j" + batch + "-";
      bench.store.enqueue(
          bench.queue,
          IntStream.range(0, 500).mapToObj(i -> job(prefix + i).group("g").build()).toList());
    }
    assertThat(bench.store.cancelGroup(bench.queue, "g", "gone")).isEqualTo(1500);
    assertThat(bench.status().ready()).containsEntry(Priority.NORMAL, 0L);
  }

  @Test
  default void aScheduledJobMayBeBegunAtOnce() {
    Bench bench = bench();
    bench.enqueue(job("a").runAt(bench.now().plus(Duration.ofDays(1))));
    assertThat(bench.store.runNow(bench.queue, "a")).isTrue();
    assertThat(bench.store.runNow(bench.queue, "a")).isFalse();
    assertThat(bench.find("a").state()).isEqualTo(JobState.READY);
    assertThat(bench.find("a").dueAt()).isBeforeOrEqualTo(bench.now());
    assertThat(bench.events("a")).containsExactly("run now: ");
    assertThat(bench.takenIds(10)).containsExactly("a");
    bench.advance(Duration.ofDays(2));
    assertThat(bench.status().scheduled()).isZero();
  }

  @Test
  default void aDeadJobIsRedrivenWithAllItsAttempts() {
    Bench bench = bench();
    bench.enqueue(job("a").group("g"));
    bench.settle(bench.takeOne(), new Verdict.Retry("first", Duration.ZERO));
    bench.die("second");
    assertThat(bench.store.cancelGroup(bench.queue, "g", "why")).as("it has ended").isZero();

    assertThat(bench.store.redrive(bench.queue, "a")).isTrue();

    assertThat(bench.store.redrive(bench.queue, "a")).isFalse();
    JobRecord job = bench.find("a");
    assertThat(job.state()).isEqualTo(JobState.READY);
    assertThat(job.attempts()).isZero();
    assertThat(job.losses()).isZero();
    assertThat(job.endedAt()).isNull();
    assertThat(job.reason()).isNull();
    assertThat(bench.events("a"))
        .containsExactly("failed: first", "dead: second", "redriven: second");
    assertThat(bench.status().dead()).isZero();
    assertThat(bench.takeOne().attempt()).isEqualTo(1);
    assertThat(bench.store.cancelGroup(bench.queue, "g", "why")).as("a member again").isEqualTo(1);
  }

  @Test
  default void theOldestDeadJobsAreRedrivenFirst() {
    Bench bench = bench();
    dead(bench, 5);
    assertThat(bench.store.redriveAll(bench.queue, 2)).isEqualTo(2);
    assertThat(bench.takenIds(10)).containsExactly("j0", "j1");
    assertThat(bench.store.redriveAll(bench.queue, 100)).isEqualTo(3);
    assertThat(bench.store.redriveAll(bench.queue, 100)).isZero();
  }

  @Test
  default void moreThanAPortionIsRedriven() {
    Bench bench = bench();
    dead(bench, 700);
    assertThat(bench.store.redriveAll(bench.queue, 600)).isEqualTo(600);
    assertThat(bench.status().dead()).isEqualTo(100);
    assertThat(bench.store.purge(bench.queue, bench.now().plusSeconds(1), 1000)).isEqualTo(100);
  }

  @Test
  default void deadJobsArePurgedByAge() {
    Bench bench = bench();
    dead(bench, 2);
    bench.advance(Duration.ofHours(1));
    Instant between = bench.now().minusSeconds(60);
    bench.enqueue(job("young"));
    bench.die("bad");

    assertThat(bench.store.purge(bench.queue, between, 1)).isEqualTo(1);
    assertThat(bench.isKept("j0")).isFalse();
    assertThat(bench.store.purge(bench.queue, between, 10)).isEqualTo(1);

    assertThat(bench.isKept("j1")).isFalse();
    assertThat(bench.isKept("young")).isTrue();
    assertThat(bench.status().dead()).isEqualTo(1);
    assertThat(bench.store.redrive(bench.queue, "j0")).isFalse();
  }

  private static void dead(Bench bench, int count) {
    List<String> ids = IntStream.range(0, count).mapToObj(i -> "j" + i).toList();
    for (int from = 0; from < count; from += 500) {
      Stream<String> some = ids.stream().skip(from).limit(500);
      bench.store.enqueue(bench.queue, some.map(id -> job(id).build()).toList());
      for (TakenJob taken : bench.take(500)) {
        bench.settle(taken, new Verdict.Dead("bad"));
      }
    }
  }
}
