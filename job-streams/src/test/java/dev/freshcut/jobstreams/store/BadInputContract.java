package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What nobody should ask for is refused, with the reason, before anything is done. */
public interface BadInputContract extends OnBench {
  private static void refused(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  default void aJobOutOfBoundsCannotBeDescribed() {
    String most = "x".repeat(NewJob.LARGEST_PAYLOAD);
    assertThat(job("a").payload(most).build().payload()).hasSize(NewJob.LARGEST_PAYLOAD);
    refused("262144", () -> job("a").payload(most + "x").build());
    refused("262144", () -> job("a").payload("ž".repeat(NewJob.LARGEST_PAYLOAD / 2 + 1)).build());
    refused("id", () -> job("").build());
    refused("id", () -> job("a b").build());
    refused("id", () -> job("a{b}").build());
    refused("id", () -> job("x".repeat(201)).build());
    refused("group", () -> job("a").group("ž").build());
    refused("uniqueness key", () -> job("a").unique("\n", Duration.ZERO).build());
    refused("window", () -> job("a").unique("k", Duration.ofSeconds(-1)).build());
    refused("remember", () -> job("a").remember(Duration.ofDays(367)).build());
    refused("retain", () -> job("a").retain(Duration.ofMillis(-1)).build());
    refused("run at", () -> job("a").runAt(Instant.MAX).build());
    refused("deadline", () -> job("a").deadline(Instant.EPOCH.minusMillis(1)).build());
  }

  @Test
  default void anEndOutOfBoundsCannotBeTold() {
    refused("after", () -> new Verdict.Retry("r", Duration.ofMillis(-1)));
    refused("postponed", () -> new Verdict.Postpone("r", Duration.ofNanos(1)));
    refused("postponed", () -> new Verdict.Postpone("r", Duration.ofDays(367)));
    refused("after", () -> new Verdict.Release("r", Duration.ofDays(367), false));
    refused("65536", () -> new Verdict.Done("x".repeat(65_537), null));
    assertThat(new Verdict.Dead("x".repeat(5_000)).reason()).hasSize(1_000);
  }

  @Test
  default void callsAreBounded() {
    Bench bench = bench();
    List<NewJob> jobs = Collections.nCopies(JobStore.MOST_JOBS + 1, job("a").build());
    refused("at most 500", () -> bench.store.enqueue(bench.queue, jobs));
    refused("at most", () -> bench.store.plan(bench.queue, "g", 1, Duration.ZERO, jobs));
    refused("at most 500", () -> bench.take(bench.worker, 501));
    refused("at least 1", () -> bench.take(bench.worker, 0));
    refused("at most 500", () -> bench.store.list(bench.queue, dead(), null, 501));
    refused("at least 1", () -> bench.store.list(bench.queue, dead(), null, 0));
    Settlement end = new Settlement("a", "1-1", new Verdict.Dead("no"));
    refused(
        "at most 500",
        () -> bench.store.settle(bench.queue, bench.worker, Collections.nCopies(501, end)));
    assertThat(bench.isKept("a")).isFalse();
  }

  private static JobState dead() {
    return JobState.DEAD;
  }

  @Test
  default void nothingIsAskedForNothing() {
    Bench bench = bench();
    assertThat(bench.store.enqueue(bench.queue, List.of())).isEmpty();
    assertThat(bench.store.settle(bench.queue, bench.worker, List.of())).isEmpty();
    bench.store.progress(bench.queue, List.of());
    assertThat(bench.store.redriveAll(bench.queue, 0)).isZero();
    assertThat(bench.store.purge(bench.queue, bench.now(), 0)).isZero();
  }

  @Test
  default void namesAreChecked() {
    Bench bench = bench();
    for (String queue : List.of("", "Queue", "a{b}", "a:b", "ž")) {
      refused("queue", () -> bench.store.status(queue));
      refused("queue", () -> bench.store.enqueue(queue, List.of(job("a").build())));
    }
    refused("worker", () -> bench.store.beat(bench.queue, "a b", Bench.LEASE, 5));
  }

  @Test
  default void aLeaseIsOfSomeLength() {
    Bench bench = bench();
    refused("lease", () -> bench.store.beat(bench.queue, "w", Duration.ZERO, 5));
    refused("lease", () -> bench.store.beat(bench.queue, "w", Duration.ofDays(2), 5));
    refused("losses", () -> bench.store.beat(bench.queue, "w", Bench.LEASE, -1));
  }

  @Test
  default void severalLargeJobsMayComeAtOnce() {
    Bench bench = bench();
    String large = "x".repeat(NewJob.LARGEST_PAYLOAD);
    List<NewJob> jobs =
        Stream.of(Priority.values())
            .flatMap(
                priority ->
                    Stream.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
                        .map(n -> job(priority + n).priority(priority).payload(large).build()))
            .toList();
    assertThat(bench.store.enqueue(bench.queue, jobs)).hasSize(30);
    int taken = 0;
    int calls = 0;
    while (taken < 30 && calls < 30) {
      List<TakenJob> some = bench.take(30);
      assertThat(some).isNotEmpty().allMatch(job -> job.payload().length() == large.length());
      taken += some.size();
      calls++;
    }
    assertThat(taken).isEqualTo(30);
    assertThat(bench.store.list(bench.queue, JobState.RUNNING, null, 30).jobs()).isNotEmpty();
  }
}
