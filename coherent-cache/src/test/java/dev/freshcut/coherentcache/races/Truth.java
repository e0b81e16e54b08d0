package dev.freshcut.coherentcache.races;

import dev.freshcut.coherentcache.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What must be true of every answer, known apart from the cache. An item's version grows by one
 * with each committed change.
 */
final class Truth {
  /** An item as a query returns it: its version and the transaction that made it. */
  record Item(int version, long xid) {}

  /** What a read that begins now must contain. */
  record Expected(int epoch, Map<Integer, Integer> applied) {}

  private final Map<Long, Map<Integer, Integer>> changes = new ConcurrentHashMap<>();
  private final Set<Long> rolledBack = ConcurrentHashMap.newKeySet();
  private final List<Long> committed = new CopyOnWriteArrayList<>();
  private final Map<Integer, Integer> applied = new HashMap<>();

  /** Odd while Redis is being replaced by an older state of itself. */
  private int epoch;

  final AtomicLong hits = new AtomicLong();
  final AtomicLong loads = new AtomicLong();
  final AtomicLong checkedTokens = new AtomicLong();
  final Queue<String> violations = new ConcurrentLinkedQueue<>();

  /** A transaction is about to end; the versions that it gives to items. */
  void ending(long xid, Map<Integer, Integer> versions, boolean commits) {
    changes.put(xid, Map.copyOf(versions));
    if (!commits) {
      rolledBack.add(xid);
    }
  }

  void committed(long xid) {
    committed.add(xid);
  }

  List<Long> committed() {
    return committed;
  }

  Map<Integer, Integer> versions(long xid) {
    return changes.getOrDefault(xid, Map.of());
  }

  synchronized int epoch() {
    return epoch;
  }

  /** Redis is about to lose its latest writes: what was applied may have to be applied again. */
  synchronized void losing() {
    epoch++;
    applied.clear();
  }

  synchronized void lost() {
    epoch++;
  }

  /** The evictions of transactions have been applied, in the Redis that was there at an epoch. */
  synchronized void applied(List<Long> xids, int since) {
    if (epoch == since && epoch % 2 == 0) {
      xids.forEach(
          xid -> versions(xid).forEach((item, version) -> applied.merge(item, version, Math::max)));
    }
  }

  synchronized Expected expected() {
    return new Expected(epoch, Map.copyOf(applied));
  }

  /**
   * Checks an answer. I1 is checked for hits, as a load may be older than what was applied since.
   */
  void check(Answer<Map<Integer, Item>> answer, Expected expected, long token, boolean strictHits) {
    Map<Integer, Item> value = answer.value();
    value.forEach(
        (item, seen) -> {
          if (rolledBack.contains(seen.xid())) {
            violations.add("I0: item %d shows %s, which was rolled back".formatted(item, seen));
          }
        });
    if (token > 0) {
      checkedTokens.incrementAndGet();
      lacks(value, versions(token)).forEach(lack -> violations.add("I3: token " + token + lack));
    }
    if (!(answer.source() instanceof Answer.Source.Hit)) {
      loads.incrementAndGet();
      return;
    }
    hits.incrementAndGet();
    boolean sameRedis = expected.epoch() % 2 == 0 && epoch() == expected.epoch();
    if (strictHits && sameRedis) {
      lacks(value, expected.applied()).forEach(lack -> violations.add("I1: hit" + lack));
    }
  }

  private static List<String> lacks(Map<Integer, Item> value, Map<Integer, Integer> versions) {
    return versions.entrySet().stream()
        .filter(
            expected -> {
              Item seen = value.get(expected.getKey());
              return seen != null && seen.version() < expected.getValue();
            })
        .map(
            expected ->
                ": item %d at %s, not version %d"
                    .formatted(
                        expected.getKey(), value.get(expected.getKey()), expected.getValue()))
        .toList();
  }
}
