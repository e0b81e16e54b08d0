package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.model.Pattern;
import dev.freshcut.invalidationworker.consuming.Owed.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What one consumer owes, and when the patterns of families with bounded freshness may be evicted
 * next. Changed by a {@link Plan} once Redis has applied it. For use by one thread.
 *
 * <p>A pattern of a bounded family has a <em>window</em>: it begins with an eviction and lasts for
 * the family's interval. A change within it is owed at its end.
 */
final class Ledger {
  private final int maxWindows;
  private final Map<Pattern, Long> windowEnds = new HashMap<>();
  private final Map<String, Owed> owed = new HashMap<>();
  private final Map<Pattern, Map<TopicPartition, Owed>> held = new HashMap<>();

  /** Tracks at most so many windows; further patterns are evicted at once, fresher than asked. */
  Ledger(int maxWindows) {
    this.maxWindows = maxWindows;
  }

  /** Whether the pattern is within its window. */
  boolean inWindow(Pattern pattern, long now) {
    Long end = windowEnds.get(pattern);
    return end != null && now < end;
  }

  /** The end of a window that has begun. */
  long windowEnd(Pattern pattern) {
    return Objects.requireNonNull(windowEnds.get(pattern), "no window");
  }

  /** Whether more windows than now can be tracked. */
  boolean hasRoomFor(int more) {
    return windowEnds.size() + more <= maxWindows;
  }

  /** What is held back for a pattern from one partition. */
  @Nullable Owed held(Pattern pattern, TopicPartition origin) {
    return held(pattern).get(origin);
  }

  /** What is held back for a pattern, by origin. */
  Map<TopicPartition, Owed> held(Pattern pattern) {
    return held.getOrDefault(pattern, Map.of());
  }

  boolean owes(String name) {
    return owed.containsKey(name);
  }

  /** What is due. */
  List<Owed> due(long now, long watermark) {
    List<Owed> due = new ArrayList<>();
    for (Owed one : owed.values()) {
      if (one.due() <= (one.kind() == Kind.XID_UNKNOWN ? watermark : now)) {
        due.add(one);
      }
    }
    return due;
  }

  /** Whether something waits for the watermark. */
  boolean waitsForWatermark() {
    return owed.values().stream().anyMatch(one -> one.kind() == Kind.XID_UNKNOWN);
  }

  /** How many evictions are owed. */
  int size() {
    return owed.size();
  }

  /** Forgets windows that have ended. */
  void forgetWindows(long now) {
    windowEnds.values().removeIf(end -> end <= now);
  }

  /** Forgets what partitions owe: they have gone to another consumer, or are read anew. */
  void forget(Collection<TopicPartition> origins) {
    owed.values().removeIf(one -> origins.contains(one.origin()));
    held.values().forEach(byOrigin -> byOrigin.keySet().removeAll(origins));
    held.values().removeIf(Map::isEmpty);
  }

  void add(Owed one) {
    owed.put(one.name(), one);
    Pattern pattern = one.pattern();
    if (one.kind() == Kind.HELD_BACK && pattern != null) {
      held.computeIfAbsent(pattern, p -> new HashMap<>()).put(one.origin(), one);
      windowEnds.putIfAbsent(pattern, one.due());
    }
  }

  void remove(Owed one) {
    owed.remove(one.name());
    Pattern pattern = one.pattern();
    if (one.kind() == Kind.HELD_BACK && pattern != null) {
      held.computeIfPresent(
          pattern,
          (p, byOrigin) -> {
            byOrigin.remove(one.origin(), one);
            return byOrigin.isEmpty() ? null : byOrigin;
          });
    }
  }

  void beginWindow(Pattern pattern, long end) {
    windowEnds.put(pattern, end);
  }
}
