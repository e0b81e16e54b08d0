package dev.freshcut.invalidationworker.consuming;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Whether a consumer has connections to brokers. Its poll does not say: it waits for them to come
 * back, and meanwhile it looks like an idle stream.
 */
final class Connections {
  private final Metric count;

  Connections(Consumer<byte[], byte[]> consumer) {
    this.count =
        consumer.metrics().entrySet().stream()
            .filter(
                metric ->
                    metric.getKey().name().equals("connection-count")
                        && metric.getKey().group().equals("consumer-metrics"))
            .findAny()
            .orElseThrow(() -> new IllegalStateException("the consumer counts no connections"))
            .getValue();
  }

  boolean none() {
    return count.metricValue() instanceof Number number && number.intValue() == 0;
  }
}
