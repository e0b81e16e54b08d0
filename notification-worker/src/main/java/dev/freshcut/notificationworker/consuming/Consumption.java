package dev.freshcut.notificationworker.consuming;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the stream is being worked on, told in one line when that changes. By partition, as some
 * may be worked on by one consumer while another fails. Safe for many threads.
 */
public final class Consumption {
  private static final Logger log = LoggerFactory.getLogger(Consumption.class);

  private final Map<TopicPartition, String> troubles = new HashMap<>();

  synchronized void failed(Collection<TopicPartition> partitions, RuntimeException cause) {
    if (troubles.isEmpty()) {
      log.warn(
          "changes are not worked on; nothing is skipped, they are tried again: {}",
          cause.toString());
    }
    String trouble = cause.getClass().getName() + ": " + cause.getMessage();
    partitions.forEach(partition -> troubles.put(partition, trouble));
  }

  synchronized void worked(Collection<TopicPartition> partitions) {
    if (forget(partitions)) {
      log.info("changes are worked on again");
    }
  }

  /** These are other workers' from now on. */
  synchronized void left(Collection<TopicPartition> partitions) {
    if (forget(partitions)) {
      log.info("what was not worked on is another worker's now");
    }
  }

  private boolean forget(Collection<TopicPartition> partitions) {
    return troubles.keySet().removeAll(partitions) && troubles.isEmpty();
  }

  /** What keeps it, or a part of it, from going on; null if nothing does. */
  public synchronized @Nullable String trouble() {
    return troubles.isEmpty() ? null : troubles.values().iterator().next();
  }
}
