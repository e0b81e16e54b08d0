package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was given back begins before what waits. */
public interface ReturningContract extends OnBench {
  /** Jobs that a worker was lost with, with more behind them than anybody takes at once. */
  private static void lose(Bench bench, TestJob... jobs) {
    bench.enqueue(jobs);
    assertThat(bench.take(jobs.length)).hasSize(jobs.length);
    for (int i = 0; i < 3; i++) {
      String prefix = "waits-" + i + "-";
      bench.store.enqueue(
          bench.queue, IntStream.range(0, 500).mapToObj(j -> job(prefix + j).build()).toList());
    }
    bench.advance(Bench.LEASE);
    assertThat(bench.beat("heir").recovered()).isEqualTo(jobs.length);
  }

  @Test
  default void theJobsOfALostWorkerBeginBeforeABacklog() {
    Bench bench = bench();
    lose(bench, job("a"), job("b"), job("c"));
    assertThat(bench.find("b").state()).isEqualTo(JobState.READY);
    assertThat(bench.status().ready()).containsEntry(Priority.NORMAL, 1503L);

    assertThat(bench.takenIds(1)).containsExactly("a");
    assertThat(bench.takenIds(4)).containsExactly("b", "c", "waits-0-0", "waits-0-1");
    assertThat(bench.takenIds(500)).hasSize(500).contains("waits-0-2");
    assertThat(bench.status().ready()).containsEntry(Priority.NORMAL, 998L);
    assertThat(bench.status().running()).isEqualTo(505);
  }

  @Test
  default void butNotBeforeThoseOfAHigherPriority() {
    Bench bench = bench();
    bench.enqueue(job("b1").priority(Priority.BULK), job("n1"));
    bench.take(2);
    bench.enqueue(
        job("b2").priority(Priority.BULK), job("n2"), job("u2").priority(Priority.URGENT));
    bench.advance(Bench.LEASE);
    bench.beat("heir");
    assertThat(bench.takenIds(2)).containsExactly("u2", "n1");
    bench.beat(bench.worker);
    assertThat(
            bench.store.take(bench.queue, bench.worker, 1, List.of(Priority.BULK)).jobs().stream()
                .map(TakenJob::id))
        .containsExactly("b1");
    assertThat(bench.takenIds(9)).containsExactly("n2", "b2");
  }

  @Test
  default void whatAStoppingWorkerGivesBackBeginsFirstToo() {
    Bench bench = bench();
    bench.enqueue(job("told"), job("left"));
    List<TakenJob> taken = bench.take(2);
    bench.enqueue(job("waits"));
    bench.settle(taken.get(0), new Verdict.Release("stopped", Duration.ZERO, false));
    bench.store.leave(bench.queue, bench.worker);
    assertThat(bench.takenIds(9)).containsExactly("told", "left", "waits");
  }

  @Test
  default void whatFailedWaitsBehindTheOthersAlsoIfItWasLostBefore() {
    Bench bench = bench();
    lose(bench, job("a"), job("b"));
    List<TakenJob> taken = bench.take(2);
    assertThat(taken).extracting(TakenJob::id).containsExactly("a", "b");
    bench.settle(taken.get(0), new Verdict.Retry("failed", Duration.ZERO));
    bench.settle(taken.get(1), new Verdict.Retry("failed", Duration.ofSeconds(1)));
    bench.advance(Duration.ofSeconds(1));
    assertThat(bench.takenIds(500)).doesNotContain("a", "b");
    assertThat(bench.takenIds(500)).doesNotContain("a", "b");
    assertThat(bench.takenIds(500)).doesNotContain("a", "b");
    assertThat(bench.takenIds(500)).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  default void whatKillsItsWorkersIsBuriedAndTheRestGoesOn() {
    Bench bench = bench();
    lose(bench, job("poison"));
    for (int loss = 2; loss <= Bench.MOST_LOSSES + 1; loss++) {
      assertThat(bench.takenIds(1)).containsExactly("poison");
      bench.advance(Bench.LEASE);
      assertThat(bench.beat("heir-" + loss).recovered()).isEqualTo(1);
    }
    assertThat(bench.find("poison").state()).isEqualTo(JobState.DEAD);
    assertThat(bench.takenIds(1)).containsExactly("waits-0-0");
    bench.store.redrive(bench.queue, "poison");
    assertThat(bench.takenIds(1)).as("redriven, not first").containsExactly("waits-0-1");
    List<TakenJob> rest = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rest.addAll(bench.take(500));
    }
    assertThat(rest.getLast().id()).isEqualTo("poison");
    assertThat(bench.done(rest.getLast())).isTrue();
    assertThat(bench.status().running()).isEqualTo(1500);
  }

  @Test
  default void pausesLimitsAndDeadlinesHoldForItAsWell() {
    Bench bench = bench();
    lose(bench, job("late").deadline(bench.now().plusSeconds(20)), job("a"), job("b"), job("c"));
    bench.store.pause(bench.queue);
    assertThat(bench.take(10)).isEmpty();
    bench.store.resume(bench.queue);
    bench.advance(Duration.ofSeconds(10));
    bench.store.limit(bench.queue, new RateLimit(0.01, 2));
    assertThat(bench.takenIds(10)).containsExactly("a", "b");
    for (int i = 0; i < 10; i++) {
      assertThat(bench.take(10)).isEmpty();
      bench.advance(Duration.ofSeconds(10));
    }
    assertThat(bench.takenIds(10)).containsExactly("c");
    assertThat(bench.find("late").reason()).isEqualTo("deadline passed");
    bench.store.limit(bench.queue, null);
    assertThat(bench.takenIds(1)).containsExactly("waits-0-0");
  }

  @Test
  default void itIsListedCancelledAndLostAgainLikeAnyOther() {
    Bench bench = bench();
    bench.enqueue(Stream.of("a", "b", "c").map(TestJob::job).toArray(TestJob[]::new));
    bench.take(3);
    bench.enqueue(job("d"));
    bench.advance(Bench.LEASE);
    bench.beat("heir");
    Page page = bench.store.list(bench.queue, JobState.READY, null, 2);
    assertThat(page.jobs()).extracting(JobRecord::id).containsExactly("d", "a");
    assertThat(bench.store.cancel(bench.queue, "b", "why")).isEqualTo(JobStore.Cancelled.CANCELLED);
    page = bench.store.list(bench.queue, JobState.READY, page.next(), 2);
    assertThat(page.jobs()).extracting(JobRecord::id).containsExactly("c");
    assertThat(page.next()).isNull();

    assertThat(bench.take("heir", 2).jobs()).extracting(TakenJob::id).containsExactly("a", "c");
    assertThat(bench.store.list(bench.queue, JobState.RUNNING, null, 9).jobs())
        .extracting(JobRecord::id)
        .containsExactly("a", "c");
    bench.advance(Bench.LEASE);
    assertThat(bench.beat("next").recovered()).isEqualTo(2);
    List<TakenJob> again = bench.take("next", 9).jobs();
    assertThat(again).extracting(TakenJob::id).containsExactly("a", "c", "d");
    bench.worker = "next";
    assertThat(again).allMatch(bench::done);
    assertThat(bench.status().running()).isZero();
    assertThat(bench.find("a").losses()).isEqualTo(2);
  }

  @Test
  default void aPlanMovesWhatWasGivenBackBeforeItBegan() {
    Bench bench = bench();
    TestJob planned = job("a").group("g");
    bench.enqueue(planned);
    bench.settle(bench.takeOne(), new Verdict.Release("stopped", Duration.ZERO, false));
    bench.store.plan(
        bench.queue,
        "g",
        bench.store.stamp(bench.queue),
        Duration.ofDays(1),
        List.of(planned.runAt(bench.now().plusSeconds(60)).build()));
    assertThat(bench.take(9)).isEmpty();
    bench.advance(Duration.ofSeconds(60));
    bench.enqueue(job("b"));
    TakenJob taken = bench.take(1).getFirst();
    assertThat(taken.id()).isEqualTo("b");
    assertThat(bench.done(taken)).isTrue();
    assertThat(bench.done(bench.takeOne())).isTrue();
    assertThat(bench.status().running()).isZero();
  }

  @Test
  default void whoWaitsHearsOfIt() throws InterruptedException {
    Bench bench = bench();
    bench.enqueue(job("a"));
    bench.takeOne();
    bench.beat("heir");
    Taken none = bench.take("heir", 1);
    assertThat(none.jobs()).isEmpty();
    bench.store.leave(bench.queue, bench.worker);
    long begun = System.nanoTime();
    bench.store.await(bench.queue, none.cursor(), FlowContract.LONG);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(FlowContract.LONG);
    assertThat(bench.take("heir", 1).jobs()).extracting(TakenJob::id).containsExactly("a");
  }
}
