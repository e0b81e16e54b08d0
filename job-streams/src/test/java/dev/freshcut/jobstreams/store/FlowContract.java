package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pauses, holds, rate limits, and waiting for news. */
public interface FlowContract extends OnBench {
  Duration LONG = Duration.ofSeconds(50);

  @Test
  default void nothingIsBegunWhileAQueueIsPaused() {
    Bench bench = bench();
    bench.enqueue(job("a"), job("b"));
    TakenJob running = bench.take(1).getFirst();
    bench.store.pause(bench.queue);

    assertThat(bench.take(10)).isEmpty();
    assertThat(bench.take(bench.worker, 1).idle()).isEqualTo(Duration.ofHours(1));
    assertThat(bench.status().paused()).isTrue();
    assertThat(bench.done(running)).as("what runs goes on").isTrue();
    bench.store.resume(bench.queue);

    assertThat(bench.status().paused()).isFalse();
    assertThat(bench.takenIds(10)).containsExactly("b");
  }

  @Test
  default void aHoldEndsByItself() {
    Bench bench = bench();
    bench.enqueue(job("a"), job("b"));
    bench.settle(
        bench.take(1).getFirst(), new Verdict.Release("slow down", Duration.ofSeconds(10), true));

    assertThat(bench.status().held()).isAfter(bench.now());
    Taken none = bench.take(bench.worker, 10);
    assertThat(none.jobs()).isEmpty();
    assertThat(none.idle()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    bench.advance(Duration.ofSeconds(10));
    assertThat(bench.status().held()).isNull();
    assertThat(bench.takenIds(10)).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  default void theLongestHoldCountsAndIsEndedByResuming() {
    Bench bench = bench();
    bench.enqueue(job("a"), job("b"), job("c"));
    List<TakenJob> taken = bench.take(2);
    bench.settle(taken.get(0), new Verdict.Release("slow", Duration.ofMinutes(10), true));
    bench.settle(taken.get(1), new Verdict.Release("slow", Duration.ofMinutes(5), true));
    assertThat(bench.status().held()).isAfter(bench.now().plus(Duration.ofMinutes(9)));
    bench.store.resume(bench.queue);
    assertThat(bench.status().held()).isNull();
    assertThat(bench.takenIds(10)).containsExactly("c");
  }

  @Test
  default void noMoreAreBegunThanTheRateAllows() {
    Bench bench = bench();
    bench.store.enqueue(
        bench.queue, IntStream.range(0, 100).mapToObj(i -> job("j" + i).build()).toList());
    RateLimit limit = new RateLimit(0.01, 4);
    bench.store.limit(bench.queue, limit);
    assertThat(bench.status().rateLimit()).isEqualTo(limit);
    bench.beat("other");

    assertThat(bench.take(3)).hasSize(3);
    Taken rest = bench.take("other", 10);
    assertThat(rest.jobs()).as("all workers together").hasSize(1);
    assertThat(rest.idle()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(100));
    assertThat(bench.take(10)).isEmpty();
    bench.advance(Duration.ofSeconds(100));
    assertThat(bench.take(10)).hasSize(1);
    bench.advance(Duration.ofHours(1));
    assertThat(bench.take(10)).as("the burst bounds what a rest saves up").hasSize(4);
    bench.store.limit(bench.queue, null);
    assertThat(bench.take(10)).hasSize(10);
    assertThat(bench.status().rateLimit()).isNull();
  }

  @Test
  default void aRateBelowOneASecondIsKept() {
    Bench bench = bench();
    bench.store.enqueue(
        bench.queue, IntStream.range(0, 50).mapToObj(i -> job("j" + i).build()).toList());
    bench.store.limit(bench.queue, new RateLimit(0.01, 1));
    int begun = bench.take(10).size();
    for (int i = 0; i < 100; i++) {
      bench.advance(Duration.ofSeconds(10));
      begun += bench.take(10).size();
    }
    assertThat(begun).as("in 1,000 s, and one from the bucket").isEqualTo(11);
  }

  @Test
  default void aRateIsKeptFromNowOnWhenTheClockHasGoneBack() {
    Bench bench = bench();
    bench.enqueue(job("a"), job("b"), job("c"));
    bench.store.limit(bench.queue, new RateLimit(0.01, 1));
    assertThat(bench.done(bench.takeOne())).isTrue();
    bench.advance(Duration.ofHours(-1));
    assertThat(bench.take(1)).isEmpty();
    bench.advance(Duration.ofSeconds(100));
    assertThat(bench.takenIds(1)).containsExactly("b");
    assertThat(bench.take(1)).as("nothing was saved up").isEmpty();
  }

  @Test
  default void aWaitEndsWithAJob() throws Exception {
    Bench bench = bench();
    for (Priority priority : Priority.values()) {
      bench.take(1);
      FutureTask<Boolean> wait = waiting(bench);
      bench.enqueue(job("a" + priority).priority(priority));
      assertThat(wait.get(60, TimeUnit.SECONDS)).as("for less than it might").isTrue();
    }
  }

  @Test
  default void aWaitEndsWithAnEarlierScheduledJob() throws Exception {
    Bench bench = bench();
    bench.enqueue(job("late").runAt(bench.now().plusSeconds(1000)));
    FutureTask<Boolean> wait = waiting(bench);
    bench.enqueue(job("early").runAt(bench.now().plusSeconds(900)));
    assertThat(wait.get(60, TimeUnit.SECONDS)).isTrue();
    Taken taken = bench.take(bench.worker, 1);
    assertThat(taken.idle()).isBetween(Duration.ofSeconds(800), Duration.ofSeconds(900));
  }

  @Test
  default void aWaitEndsWithAPause() throws Exception {
    Bench bench = bench();
    bench.enqueue(job("a"));
    bench.store.pause(bench.queue);
    FutureTask<Boolean> wait = waiting(bench);
    bench.store.resume(bench.queue);
    assertThat(wait.get(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  default void aWaitEndsWithARateLimit() throws Exception {
    Bench bench = bench();
    bench.enqueue(job("a"), job("b"));
    bench.store.limit(bench.queue, new RateLimit(0.001, 1));
    bench.take(1);
    FutureTask<Boolean> wait = waiting(bench);
    bench.store.limit(bench.queue, null);
    assertThat(wait.get(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  default void aJobThatCameBetweenTakeAndWaitIsNotMissed() throws Exception {
    Bench bench = bench();
    bench.take(1);
    Taken none = bench.take(bench.worker, 1);
    bench.enqueue(job("a"));
    long begun = System.nanoTime();
    bench.store.await(bench.queue, none.cursor(), LONG);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG);
  }

  @Test
  default void aWorkerThatTookAllItCouldDoesNotWaitForWhatItLeft() throws Exception {
    Bench bench = bench();
    bench.enqueue(job("a"), job("b"));
    bench.beat(bench.worker);
    Taken one = bench.take(bench.worker, 1);
    assertThat(one.jobs()).hasSize(1);
    assertThat(one.idle()).isZero();
  }

  @Test
  default void aWaitMayBeInterrupted() throws Exception {
    Bench bench = bench();
    bench.take(1);
    Taken none = bench.take(bench.worker, 1);
    for (int i = 0; i < 20; i++) {
      FutureTask<Boolean> wait =
          new FutureTask<>(
              () -> {
                try {
                  bench.store.await(bench.queue, none.cursor(), LONG);
                  return false;
                } catch (InterruptedException e) {
                  return true;
                }
              });
      Thread thread = Thread.startVirtualThread(wait);
      thread.interrupt();
      assertThat(wait.get(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(bench.take(bench.worker, 1).registered()).as("nothing is used up").isTrue();
  }

  /** Waits in a thread as an idle worker does; tells whether it ended before its time. */
  private static FutureTask<Boolean> waiting(Bench bench) throws InterruptedException {
    bench.beat(bench.worker);
    Taken none = bench.take(bench.worker, 10);
    assertThat(none.jobs()).isEmpty();
    CountDownLatch begins = new CountDownLatch(1);
    FutureTask<Boolean> wait =
        new FutureTask<>(
            () -> {
              long begun = System.nanoTime();
              begins.countDown();
              bench.store.await(bench.queue, none.cursor(), LONG);
              return System.nanoTime() - begun < LONG.toNanos();
            });
    var unused = Thread.startVirtualThread(wait);
    begins.await();
    return wait;
  }
}
