package dev.freshcut.benchmarks.cache;

import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.Family;

/** Many entries in groups of equal size; a group is what one pattern selects. */
abstract class Keyspace implements AutoCloseable {
  static final int VALUE_BYTES = 100;
  static final byte[] VALUE = Payload.json(VALUE_BYTES, 1);

  /** Kinds a shop; with one day and the variants it makes up a shop's entries. */
  static final int KINDS = 20;

  static final String DAY = "2026-11-20";

  /** A step through the groups that visits all of them in an order that looks random. */
  private static final int STEP = 7_919;

  private final int groups;
  private int next;

  Keyspace(int entries, int groupSize) {
    this.groups = Math.max(1, entries / groupSize);
  }

  final int groups() {
    return groups;
  }

  /** Another group than the last one, as long as there are several. */
  final int nextGroup() {
    next = (int) ((next + (long) STEP) % groups);
    return next;
  }

  static CacheKey key(Family family, int group, int variant) {
    return family.key(group / KINDS, DAY, group % KINDS, variant);
  }

  /** Removes a group and returns how many entries that were. */
  abstract long evict(int group);

  /** Puts an evicted group back. */
  abstract void refill(int group);

  /** Empties the database and disconnects. */
  @Override
  public abstract void close();
}
