package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.model.Freshness;
import dev.freshcut.coherentcache.model.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What one pipeline is to do: evict now, and owe or settle in the ledger. If the pipeline fails the
 * plan is dropped, and it is as if nothing had been planned.
 */
final class Plan {
  private final Ledger ledger;
  private final long now;
  private final List<Eviction> evictions = new ArrayList<>();
  private final Map<Held, Owed> heldBack = new HashMap<>();
  private final List<Owed> added = new ArrayList<>();
  private final List<Owed> removed = new ArrayList<>();
  private final Set<Pattern> windows = new HashSet<>();
  private OptionalLong everything = OptionalLong.empty();

  Plan(Ledger ledger, long now) {
    this.ledger = ledger;
    this.now = now;
  }

  /** Evicts as soon as the family's freshness allows. */
  void evict(TopicPartition origin, Pattern pattern, long xid) {
    if (!(pattern.family().freshness() instanceof Freshness.Bounded) || windows.contains(pattern)) {
      evictions.add(new Eviction(pattern, xid));
    } else if (ledger.inWindow(pattern, now)) {
      holdBack(new Held(origin, pattern), xid);
    } else {
      // INVARIANT: a window begins with nothing held back.
      ledger.held(pattern).values().forEach(one -> settle(one, one.xid()));
      evictNow(pattern, xid);
    }
  }

  private record Held(TopicPartition origin, Pattern pattern) {
    @Nullable Owed in(Ledger ledger) {
      return ledger.held(pattern, origin);
    }
  }

  private void holdBack(Held key, long xid) {
    Owed held = heldBack.getOrDefault(key, key.in(ledger));
    if (held == null || held.xid() < xid) {
      long due = ledger.windowEnd(key.pattern());
      heldBack.put(key, Owed.heldBack(key.origin(), key.pattern(), xid, due));
    }
  }

  /** Evicts at once, whatever the freshness. */
  void evictNow(Pattern pattern, long xid) {
    evictions.add(new Eviction(pattern, xid));
    if (pattern.family().freshness() instanceof Freshness.Bounded
        && ledger.hasRoomFor(windows.size() + 1)) {
      windows.add(pattern);
    }
  }

  /** Evicts every entry at once. */
  void evictEverything(long xid) {
    everything = OptionalLong.of(Math.max(xid, everything.orElse(0)));
  }

  /** Evicts later. */
  void owe(Owed one) {
    added.add(one);
  }

  /** Makes an owed eviction now, as of this transaction. */
  void settle(Owed one, long xid) {
    removed.add(one);
    if (one.pattern() == null) {
      evictEverything(xid);
    } else {
      evictNow(one.pattern(), xid);
    }
  }

  /** The transaction as of which to evict everything, if so. */
  OptionalLong everything() {
    return everything;
  }

  List<Eviction> evictions() {
    return evictions;
  }

  boolean isEmpty() {
    return evictions.isEmpty() && everything.isEmpty() && removed.isEmpty() && added.isEmpty();
  }

  /** The ledger's changes, as Redis's positions have them. */
  Map<String, String> changes() {
    Map<String, String> changes = new HashMap<>();
    removed.forEach(one -> changes.put(one.name(), ""));
    heldBack.forEach(
        (key, one) -> {
          Owed replaced = key.in(ledger);
          if (replaced != null) {
            changes.put(replaced.name(), "");
          }
          changes.put(one.name(), one.value());
        });
    added.forEach(one -> changes.put(one.name(), one.value()));
    return changes;
  }

  /** Changes the ledger; called once Redis has applied it all. */
  void commit() {
    removed.forEach(ledger::remove);
    heldBack.forEach(
        (key, one) -> {
          Owed replaced = key.in(ledger);
          if (replaced != null) {
            ledger.remove(replaced);
          }
          ledger.add(one);
        });
    added.forEach(ledger::add);
    for (Pattern pattern : windows) {
      if (pattern.family().freshness() instanceof Freshness.Bounded bounded) {
        ledger.beginWindow(pattern, now + bounded.interval().toMillis());
      }
    }
  }
}
