package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long jobs, ids and uniqueness keys are kept. */
public interface KeepingContract extends OnBench {
  Duration HOUR = Duration.ofHours(1);

  @Test
  default void anEndedJobIsForgottenWhenItsTimeHasPassed() {
    Bench bench = bench();
    bench.enqueue(job("a").retain(HOUR), job("b").retain(HOUR.multipliedBy(2)));
    bench.take(2).forEach(bench::done);

    bench.advance(HOUR.minusSeconds(1));
    assertThat(bench.store.sweep(bench.queue)).isFalse();
    assertThat(bench.isKept("a")).isTrue();
    bench.advance(Duration.ofSeconds(2));
    bench.store.sweep(bench.queue);

    assertThat(bench.isKept("a")).isFalse();
    assertThat(bench.isKept("b")).isTrue();
    assertThat(bench.status().ended()).isEqualTo(1);
    assertThat(bench.enqueue(job("a"))).containsExactly(new Enqueued.Stored("a"));
  }

  @Test
  default void aSweepTellsWhetherThereIsMore() {
    Bench bench = bench();
    for (int batch = 0; batch < 2; batch++) {
      int from = batch * 400;
      bench.store.enqueue(
          bench.queue,
          IntStream.range(from, from + 400).mapToObj(i -> job("j" + i).build()).toList());
    }
    for (int i = 0; i < 2; i++) {
      bench.take(400).forEach(bench::done);
    }
    bench.advance(HOUR.multipliedBy(2));
    int sweeps = 1;
    while (bench.store.sweep(bench.queue)) {
      sweeps++;
    }
    assertThat(sweeps).isLessThan(10);
    assertThat(bench.status().ended()).isZero();
    assertThat(bench.isKept("j799")).isFalse();
  }

  @Test
  default void anIdIsRememberedBeyondItsJob() {
    Bench bench = bench();
    bench.enqueue(job("a").retain(Duration.ZERO).remember(HOUR));
    bench.done(bench.takeOne());

    assertThat(bench.isKept("a")).isFalse();
    bench.advance(HOUR.minusSeconds(1));
    bench.store.sweep(bench.queue);
    assertThat(bench.enqueue(job("a"))).containsExactly(new Enqueued.Known("a"));
    bench.advance(Duration.ofSeconds(2));
    assertThat(bench.enqueue(job("a")))
        .as("with or without a sweep")
        .containsExactly(new Enqueued.Stored("a"));
  }

  @Test
  default void aDrawnIdThatIsRememberedIsTheSameCallRepeatedAlsoAfterItsEnd() {
    Bench bench = bench();
    TestJob job = job("a").drawn().retain(Duration.ZERO).remember(HOUR);
    bench.enqueue(job);
    bench.done(bench.takeOne());
    assertThat(bench.enqueue(job)).containsExactly(new Enqueued.Stored("a"));
    assertThat(bench.take(1)).isEmpty();
  }

  @Test
  default void anIdIsRememberedHoweverItsJobEnded() {
    Bench bench = bench();
    bench.enqueue(job("a").retain(Duration.ZERO).remember(HOUR));
    bench.store.cancel(bench.queue, "a", "why");
    assertThat(bench.enqueue(job("a"))).containsExactly(new Enqueued.Known("a"));
    bench.enqueue(job("b").remember(HOUR));
    bench.die("bad");
    assertThat(bench.store.purge(bench.queue, bench.now().plusSeconds(1), 9)).isEqualTo(1);
    assertThat(bench.enqueue(job("b"))).containsExactly(new Enqueued.Known("b"));
  }

  @Test
  default void aUniquenessKeyKeepsOthersAwayWhileItsJobWaitsOrRuns() {
    Bench bench = bench();
    bench.enqueue(job("a").unique("k", Duration.ZERO));
    assertThat(bench.enqueue(job("b").unique("k", Duration.ZERO), job("c").unique("other", HOUR)))
        .containsExactly(new Enqueued.Unique("a"), new Enqueued.Stored("c"));
    assertThat(bench.isKept("b")).isFalse();
    TakenJob taken = bench.take(1).getFirst();
    assertThat(bench.enqueue(job("b").unique("k", HOUR))).containsExactly(new Enqueued.Unique("a"));
    bench.settle(taken, new Verdict.Retry("later", HOUR));
    assertThat(bench.enqueue(job("b").unique("k", HOUR))).containsExactly(new Enqueued.Unique("a"));
    bench.store.cancel(bench.queue, "a", "why");
    assertThat(bench.enqueue(job("b").unique("k", HOUR))).containsExactly(new Enqueued.Stored("b"));
    assertThat(bench.find("b").unique()).isEqualTo("k");
  }

  @Test
  default void aUniquenessKeyLastsAtLeastItsWindowFromTheEnqueueing() {
    Bench bench = bench();
    bench.enqueue(job("a").unique("k", HOUR).retain(Duration.ZERO));
    bench.advance(Duration.ofMinutes(30));
    bench.done(bench.takeOne());
    assertThat(bench.enqueue(job("b").unique("k", HOUR))).containsExactly(new Enqueued.Unique("a"));
    bench.advance(Duration.ofMinutes(29));
    bench.store.sweep(bench.queue);
    assertThat(bench.enqueue(job("b").unique("k", HOUR))).containsExactly(new Enqueued.Unique("a"));
    bench.advance(Duration.ofMinutes(2));
    assertThat(bench.enqueue(job("b").unique("k", HOUR))).containsExactly(new Enqueued.Stored("b"));
  }

  @Test
  default void aKnownIdIsToldBeforeAHeldKey() {
    Bench bench = bench();
    bench.enqueue(job("a").unique("k", HOUR));
    assertThat(bench.enqueue(job("a").unique("k", HOUR))).containsExactly(new Enqueued.Known("a"));
  }

  @Test
  default void aRedrivenJobHoldsItsKeyAgainUnlessAnotherHasIt() {
    Bench bench = bench();
    bench.enqueue(job("a").unique("k", Duration.ZERO));
    bench.die("bad");
    assertThat(bench.store.redrive(bench.queue, "a")).isTrue();
    assertThat(bench.enqueue(job("b").unique("k", Duration.ZERO)))
        .containsExactly(new Enqueued.Unique("a"));
    bench.die("bad again");

    assertThat(bench.enqueue(job("b").unique("k", Duration.ZERO)))
        .containsExactly(new Enqueued.Stored("b"));
    assertThat(bench.store.redrive(bench.queue, "a")).isTrue();
    bench.take(2).stream().filter(job -> job.id().equals("a")).forEach(bench::done);

    assertThat(bench.enqueue(job("c").unique("k", Duration.ZERO)))
        .as("the end of one that does not hold the key frees nothing")
        .containsExactly(new Enqueued.Unique("b"));
    assertThat(bench.find("b").state()).isEqualTo(JobState.RUNNING);
  }
}
