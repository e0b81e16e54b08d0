package dev.freshcut.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
  private static final Map<String, String> KINDS = Map.of("busy-bee", "bees");

  private volatile long sink;

  @Test
  void countsWorkForTheKindOfItsThread() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch worked = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(1);
    Thread bee =
        Thread.ofPlatform()
            .name("busy-bee-1")
            .start(
                () -> {
                  awaitQuietly(begun);
                  while (ownTime().compareTo(Duration.ofMillis(200)) < 0) {
                    sink = System.nanoTime();
                  }
                  worked.countDown();
                  awaitQuietly(looked);
                });
    ProcessorTime before = new ProcessorTime(KINDS, "others");
    begun.countDown();
    assertThat(worked.await(1, TimeUnit.MINUTES)).isTrue();
    Map<String, Duration> used = new ProcessorTime(KINDS, "others").since(before);
    looked.countDown();
    bee.join();

    assertThat(used.get("bees")).isBetween(Duration.ofMillis(50), Duration.ofMillis(400));
    assertThat(used).containsKey("others");
  }

  private static Duration ownTime() {
    return Duration.ofNanos(
        java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
