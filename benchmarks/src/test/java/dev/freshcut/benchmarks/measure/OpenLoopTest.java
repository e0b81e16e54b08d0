package dev.freshcut.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  @Test
  void offersEachPieceOnceAndNotFasterThanAsked() throws Exception {
    AtomicIntegerArray done = new AtomicIntegerArray(200);
    long start = System.nanoTime();

    Histogram lateness =
        new OpenLoop(1000, 4).offer(200, (thread, i, due) -> done.incrementAndGet(i));

    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(199));
    assertThat(lateness.getTotalCount()).isEqualTo(200);
    for (int i = 0; i < done.length(); i++) {
      assertThat(done.get(i)).as("piece %d", i).isEqualTo(1);
    }
  }

  @Test
  void doesNotWaitForAPieceThatHangs() throws Exception {
    CountDownLatch last = new CountDownLatch(1);

    Histogram lateness =
        new OpenLoop(1000, 2)
            .offer(
                20,
                (thread, i, due) -> {
                  if (i == 0) {
                    assertThat(last.await(1, TimeUnit.MINUTES)).isTrue();
                  } else if (i == 19) {
                    last.countDown();
                  }
                });

    assertThat(lateness.getTotalCount()).isEqualTo(20);
  }

  @Test
  void countsWhatIsBegunLate() throws Exception {
    Histogram lateness =
        new OpenLoop(1000, 1)
            .offer(
                10,
                (thread, i, due) -> {
                  long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
                  while (i == 0 && System.nanoTime() < until) {
                    LockSupport.parkNanos(until - System.nanoTime());
                  }
                });

    assertThat(lateness.getMaxValue()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(150));
  }

  @Test
  void passesFailuresOn() {
    assertThatThrownBy(
            () ->
                new OpenLoop(1000, 2)
                    .offer(
                        4,
                        (thread, i, due) -> {
                          throw new IllegalStateException("no");
                        }))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no");
  }
}
