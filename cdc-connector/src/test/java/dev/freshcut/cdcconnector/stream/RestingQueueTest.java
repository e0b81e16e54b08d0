package dev.freshcut.cdcconnector.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RestingQueueTest {
  private final RestingQueue<String> queue = new RestingQueue<>();

  @Test
  void firstInFirstOut() {
    queue.enqueue("a");
    queue.enqueue("b");

    assertThat(queue.size()).isEqualTo(2);
    assertThat(queue.poll()).isEqualTo("a");
    assertThat(queue.poll()).isEqualTo("b");
    assertThat(queue.poll()).isNull();
    assertThat(queue.size()).isZero();
  }

  /** As Debezium does at the end of each poll interval. */
  @Test
  void lookingAgainAndAgainLeavesTheProcessorToOthers() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long busy = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long looks = 0;
    while (System.nanoTime() - start < Duration.ofMillis(200).toNanos()) {
      assertThat(queue.size()).isZero();
      looks++;
    }

    assertThat(looks).isLessThan(3_000);
    assertThat(threads.getCurrentThreadCpuTime() - busy)
        .isLessThan(Duration.ofMillis(150).toNanos());
  }

  @Test
  void debeziumFindsItByItsName() {
    assertThat(ServiceLoader.load(io.debezium.connector.base.QueueProvider.class))
        .anyMatch(provider -> provider.name().equals(RestingQueue.NAME));
  }
}
