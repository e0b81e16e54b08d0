package dev.freshcut.invalidationworker.consuming;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The names and values that Redis keeps beside the entries: {@code <topic>-<partition>} → next
 * offset to read, {@value #BEGAN} → when the first of them was written, and {@link Owed}.
 */
final class Positions {
  /** Milliseconds since the epoch; before that Redis was empty. */
  static final String BEGAN = "began";

  private Positions() {}

  static String name(TopicPartition partition) {
    return partition.toString();
  }

  /** The stored offset; empty if there is none. */
  static OptionalLong offset(Map<String, String> positions, TopicPartition partition) {
    return number(positions.get(name(partition)));
  }

  /** When Redis was empty last; empty if it is now. */
  static OptionalLong began(Map<String, String> positions) {
    return number(positions.get(BEGAN));
  }

  /** The offset of a partition that must be among these. */
  static long of(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return Objects.requireNonNull(offsets.get(partition), partition::toString);
  }

  private static OptionalLong number(@Nullable String text) {
    return text != null && text.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
