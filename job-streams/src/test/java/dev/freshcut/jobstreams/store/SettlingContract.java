package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How attempts end. */
public interface SettlingContract extends OnBench {
  @Test
  default void aDoneJobIsKeptWithItsResult() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    assertThat(bench.settle(bench.takeOne(), new Verdict.Done("{\"n\":1}", null))).isTrue();

    JobRecord job = bench.find("a");
    assertThat(job.state()).isEqualTo(JobState.DONE);
    assertThat(job.result()).isEqualTo("{\"n\":1}");
    assertThat(job.reason()).isNull();
    assertThat(job.endedAt()).isBetween(job.startedAt(), bench.now());
    assertThat(job.events()).isEmpty();
    QueueStatus status = bench.status();
    assertThat(status.running()).isZero();
    assertThat(status.ended()).isEqualTo(1);
    assertThat(status.counters().done()).isEqualTo(1);
  }

  @Test
  default void aSkippedJobIsDoneForAReason() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    bench.settle(bench.takeOne(), new Verdict.Done(null, "overtaken"));
    assertThat(bench.find("a").state()).isEqualTo(JobState.DONE);
    assertThat(bench.find("a").reason()).isEqualTo("overtaken");
    assertThat(bench.find("a").result()).isNull();
  }

  @Test
  default void aJobThatIsNotRetainedIsGoneWithItsEnd() {
    Bench bench = bench();
    bench.enqueue(job("a").retain(Duration.ZERO));
    bench.done(bench.takeOne());
    assertThat(bench.isKept("a")).isFalse();
    assertThat(bench.status().ended()).isZero();
    assertThat(bench.enqueue(job("a"))).containsExactly(new Enqueued.Stored("a"));
  }

  @Test
  default void anAttemptEndsOnce() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    TakenJob taken = bench.takeOne();
    Settlement done = new Settlement("a", taken.lease(), new Verdict.Done(null, null));
    assertThat(bench.store.settle(bench.queue, bench.worker, List.of(done, done)))
        .containsExactly(true, false);
    assertThat(bench.done(taken)).isFalse();
    assertThat(bench.status().counters().done()).isEqualTo(1);
  }

  @Test
  default void aForgedEndIsRefused() {
    Bench bench = bench();
    bench.enqueue(job("a"), job("b"));
    List<TakenJob> taken = bench.take(2);
    String lease = taken.getFirst().lease();
    Verdict dead = new Verdict.Dead("no");

    assertThat(
            bench.store.settle(
                bench.queue,
                bench.worker,
                List.of(
                    new Settlement("b", lease, dead),
                    new Settlement("unknown", lease, dead),
                    new Settlement("a", "1-1", dead),
                    new Settlement("a", "", dead))))
        .containsExactly(false, false, false, false);
    assertThat(bench.store.settle(bench.queue, "other", List.of(new Settlement("a", lease, dead))))
        .as("the lease is another worker's")
        .containsExactly(false);
    assertThat(bench.status().running()).isEqualTo(2);
    assertThat(taken).allMatch(bench::done);
  }

  @Test
  default void aJobThatWaitsCannotBeEnded() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    TakenJob first = bench.takeOne();
    bench.settle(first, new Verdict.Retry("later", Duration.ZERO));
    assertThat(bench.done(first)).isFalse();
    assertThat(bench.find("a").state()).isEqualTo(JobState.READY);
  }

  @Test
  default void aFailedJobIsTriedAgainAfterAWhile() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    TakenJob first = bench.takeOne();
    bench.store.progress(bench.queue, List.of(new Progress("a", first.lease(), 40, "half")));
    assertThat(bench.settle(first, new Verdict.Retry("refused", Duration.ofMinutes(1)))).isTrue();

    JobRecord waiting = bench.find("a");
    assertThat(waiting.state()).isEqualTo(JobState.SCHEDULED);
    assertThat(waiting.attempts()).isEqualTo(1);
    assertThat(waiting.reason()).isEqualTo("refused");
    assertThat(waiting.percent()).as("of the attempt that failed").isZero();
    assertThat(waiting.note()).isNull();
    assertThat(waiting.dueAt()).isAfter(first.dueAt());
    assertThat(bench.events("a")).containsExactly("failed: refused");
    assertThat(bench.take(1)).isEmpty();
    bench.advance(Duration.ofMinutes(1));
    TakenJob second = bench.takeOne();
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.lease()).isNotEqualTo(first.lease());
    assertThat(second.enqueuedAt()).isEqualTo(first.enqueuedAt());
    assertThat(second.dueAt()).isEqualTo(waiting.dueAt());
    assertThat(bench.done(first)).isFalse();
    assertThat(bench.done(second)).isTrue();
    assertThat(bench.find("a").reason()).as("of a failure that has passed").isNull();
    assertThat(bench.status().counters().retried()).isEqualTo(1);
  }

  @Test
  default void aRetryWithoutDelayIsReadyAtOnce() {
    Bench bench = bench();
    bench.enqueue(job("a").priority(Priority.BULK));
    bench.settle(bench.takeOne(), new Verdict.Retry("again", Duration.ZERO));
    assertThat(bench.status().ready()).containsEntry(Priority.BULK, 1L);
    assertThat(bench.takeOne().attempt()).isEqualTo(2);
  }

  @Test
  default void aJobGivenUpIsADeadLetterHoweverBrieflyItsKindIsRetained() {
    Bench bench = bench();
    bench.enqueue(job("a").retain(Duration.ZERO));
    bench.die("bad address");

    JobRecord job = bench.find("a");
    assertThat(job.state()).isEqualTo(JobState.DEAD);
    assertThat(job.reason()).isEqualTo("bad address");
    assertThat(job.attempts()).isEqualTo(1);
    assertThat(job.endedAt()).isBetween(job.startedAt(), bench.now());
    assertThat(bench.events("a")).containsExactly("dead: bad address");
    QueueStatus status = bench.status();
    assertThat(status.dead()).isEqualTo(1);
    assertThat(status.ended()).isZero();
    assertThat(status.counters().dead()).isEqualTo(1);
    bench.advance(Duration.ofDays(1000));
    assertThat(bench.store.sweep(bench.queue)).isFalse();
    assertThat(bench.isKept("a")).isTrue();
  }

  @Test
  default void whatIsGivenBackDoesNotCountAsAnAttempt() {
    Bench bench = bench();
    bench.enqueue(job("a"), job("b"));
    List<TakenJob> taken = bench.take(2);
    bench.settle(taken.get(0), new Verdict.Release("no room", Duration.ZERO, false));
    bench.settle(taken.get(1), new Verdict.Release("unknown", Duration.ofSeconds(30), false));

    assertThat(bench.find("a").state()).isEqualTo(JobState.READY);
    assertThat(bench.find("b").state()).isEqualTo(JobState.SCHEDULED);
    assertThat(bench.events("b")).containsExactly("released: unknown");
    TakenJob again = bench.takeOne();
    assertThat(again.attempt()).isEqualTo(1);
    bench.done(again);
    bench.advance(Duration.ofSeconds(30));
    assertThat(bench.takeOne().attempt()).isEqualTo(1);
    assertThat(bench.status().counters().released()).isEqualTo(2);
    assertThat(bench.status().counters().retried()).isZero();
    assertThat(bench.status().held()).isNull();
  }

  @Test
  default void whatIsPostponedHasNeverBegun() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    for (int night = 0; night < 3; night++) {
      TakenJob taken = bench.takeOne();
      assertThat(taken.attempt()).isEqualTo(1);
      assertThat(bench.settle(taken, new Verdict.Postpone("night", Duration.ofHours(8)))).isTrue();
      assertThat(bench.take(1)).isEmpty();
      bench.advance(Duration.ofHours(8));
    }

    JobRecord waiting = bench.find("a");
    assertThat(waiting.state()).isEqualTo(JobState.SCHEDULED);
    assertThat(waiting.attempts()).isZero();
    assertThat(waiting.startedAt()).isNull();
    assertThat(waiting.reason()).isEqualTo("night");
    assertThat(bench.events("a")).hasSize(3).containsOnly("postponed: night");
    assertThat(bench.status().counters().postponed()).isEqualTo(3);
    assertThat(bench.status().counters().released()).isZero();
    assertThat(bench.status().counters().retried()).isZero();
    assertThat(bench.status().held()).as("the others go on").isNull();
  }

  @Test
  default void whatIsPostponedAfterAFailureKeepsItsAttempts() {
    Bench bench = bench();
    bench.enqueue(job("a").deadline(bench.now().plus(Duration.ofHours(9))));
    bench.settle(bench.takeOne(), new Verdict.Retry("refused", Duration.ZERO));
    bench.settle(bench.takeOne(), new Verdict.Postpone("night", Duration.ofHours(8)));
    bench.advance(Duration.ofHours(8));
    TakenJob second = bench.takeOne();
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(bench.find("a").startedAt()).isNotNull();
    bench.settle(second, new Verdict.Postpone("night", Duration.ofHours(8)));
    bench.advance(Duration.ofHours(8));
    assertThat(bench.take(1)).isEmpty();
    assertThat(bench.find("a").reason()).as("only this ends it").isEqualTo("deadline passed");
  }

  @Test
  default void sinceWhenAJobsKindIsUnknownIsTold() {
    Bench bench = bench();
    bench.enqueue(job("a").runAt(bench.now().plus(Duration.ofDays(10))));
    bench.advance(Duration.ofDays(10));
    Verdict unknown = new Verdict.Unknown("what is it", Duration.ofSeconds(30));
    TakenJob first = bench.takeOne();
    assertThat(first.unknownSince()).isNull();
    Instant before = bench.now();
    bench.settle(first, unknown);
    Instant after = bench.now();
    bench.advance(Duration.ofSeconds(30));
    TakenJob second = bench.takeOne();
    assertThat(second.unknownSince()).isBetween(before, after);
    bench.settle(second, unknown);
    bench.advance(Duration.ofSeconds(30));
    TakenJob third = bench.takeOne();
    assertThat(third.unknownSince()).isEqualTo(second.unknownSince());
    assertThat(third.attempt()).isEqualTo(1);
    assertThat(bench.find("a").reason()).isEqualTo("what is it");
    assertThat(bench.status().counters().released()).isEqualTo(2);

    bench.settle(third, new Verdict.Retry("known but bad", Duration.ZERO));
    TakenJob known = bench.takeOne();
    assertThat(known.unknownSince()).isNull();
    bench.settle(known, unknown);
    bench.advance(Duration.ofSeconds(30));
    bench.die("nobody knows it");
    bench.store.redrive(bench.queue, "a");
    assertThat(bench.takeOne().unknownSince()).as("whoever redrives it knows why").isNull();
  }

  @Test
  default void onlyTheLatestFiftyEventsAreKept() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    for (int i = 0; i < 60; i++) {
      bench.settle(bench.takeOne(), new Verdict.Retry("try " + i, Duration.ZERO));
    }
    assertThat(bench.events("a"))
        .hasSize(50)
        .startsWith("failed: try 10")
        .endsWith("failed: try 59");
  }

  @Test
  default void reasonsAndNotesMayHoldAnything() {
    Bench bench = bench();
    String odd = "line\nbreak\ttab %d % \u0001 «ž» 🙂 {\"a\":null}";
    bench.enqueue(job("a"));
    TakenJob taken = bench.takeOne();
    bench.store.progress(bench.queue, List.of(new Progress("a", taken.lease(), 1, odd)));
    assertThat(bench.find("a").note()).isEqualTo(odd);
    bench.settle(taken, new Verdict.Dead(odd));
    assertThat(bench.find("a").reason()).isEqualTo(odd);
    assertThat(bench.find("a").events().getFirst().detail()).isEqualTo(odd);
  }

  @Test
  default void progressIsNotedForWhoHoldsTheJob() {
    Bench bench = bench();
    bench.enqueue(job("a"), job("b"));
    List<TakenJob> taken = bench.take(2);
    bench.done(taken.get(1));

    bench.store.progress(
        bench.queue,
        List.of(
            new Progress("a", taken.get(0).lease(), 60, "sixty"),
            new Progress("a", "1-1", 99, "forged"),
            new Progress("b", taken.get(1).lease(), 70, "late"),
            new Progress("unknown", "1-1", 70, "")));

    assertThat(bench.find("a").percent()).isEqualTo(60);
    assertThat(bench.find("a").note()).isEqualTo("sixty");
    assertThat(bench.find("b").percent()).isZero();
    assertThat(bench.isKept("unknown")).isFalse();
  }
}
