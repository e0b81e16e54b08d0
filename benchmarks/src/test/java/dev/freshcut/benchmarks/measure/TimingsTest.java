package dev.freshcut.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TimingsTest {
  @Test
  void runsEachOperationOnceOverAllThreads() throws Exception {
    AtomicIntegerArray runs = new AtomicIntegerArray(100);

    Timings.of(3, 100, runs::incrementAndGet);

    for (int i = 0; i < runs.length(); i++) {
      assertThat(runs.get(i)).as("operation %d", i).isEqualTo(1);
    }
  }

  @Test
  void tellsTheMedianFromTheTail() throws Exception {
    Timings timings =
        Timings.of(
            50,
            i -> {
              long nanos = TimeUnit.MILLISECONDS.toNanos(i < 40 ? 1 : 50);
              long until = System.nanoTime() + nanos;
              while (System.nanoTime() < until) {
                LockSupport.parkNanos(until - System.nanoTime());
              }
              return i;
            });

    assertThat(timings.medianMicros()).isBetween(1_000.0, 49_000.0);
    assertThat(timings.p99Micros()).isGreaterThan(49_000);
    assertThat(timings.perSecond()).isLessThan(50 / 0.54);
  }
}
