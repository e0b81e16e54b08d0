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
    long begun = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long elapsed = 0;
    long looks = 0;
    while (elapsed < Duration.ofMillis(200).toNanos()) {
      looks += 1 + queue.size();
      elapsed = System.nanoTime() - start;
    }
    long busy = threads.getCurrentThreadCpuTime() - begun;

    assertThat(looks).isLessThan(3_000);
    assertThat(busy).isLessThan(elapsed * 3 / 4);
  }

  @Test
  void debeziumFindsItByItsName() {
    assertThat(ServiceLoader.load(io.debezium.connector.base.QueueProvider.class))
        .anyMatch(provider -> provider.name().equals(RestingQueue.NAME));
  }
}
