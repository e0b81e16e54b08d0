package dev.freshcut.coherentcache.protocol;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A small world for the checker to exhaust.
 *
 * <p>Indexes are numbered; sets of indexes, transactions or loads are bit masks. An index is a base
 * index if it is its own base. Transactions begin in their order, so that transaction {@code n} has
 * the id {@code n + 1}.
 *
 * @param name for reports
 * @param bases for each index its base index
 * @param keys for each key the set of indexes that it belongs to
 * @param writers the transactions
 * @param readers those that load
 */
record Scenario(
    String name,
    List<Integer> bases,
    List<Integer> keys,
    List<Writer> writers,
    List<Reader> readers,
    EnumSet<Feature> features,
    EnumSet<Invariant> invariants) {

  /**
   * A transaction.
   *
   * @param evicts the indexes whose patterns its changes evict
   * @param kind how
   */
  record Writer(int evicts, Kind kind) {}

  /** How a transaction's changes are evicted. */
  enum Kind {
    /** Pattern by pattern. */
    ROWS,
    /** By the base indexes that are found; queries wait until the transaction is visible. */
    TRUNCATE,
    /** Its changes were lost: everything is evicted, at the highest transaction that has begun. */
    LOST
  }

  /**
   * One that loads.
   *
   * @param key what it loads
   * @param times how often
   * @param knownIndexes those of the key's indexes that its model knows
   * @param insideWriter the transaction that it loads in when OWN_TRANSACTION is off, or -1
   */
  record Reader(int key, int times, int knownIndexes, int insideWriter) {}

  static final int BASE = 1;
  static final int PATTERN = 2;

  /** One key in a base index and one pattern index; writers evict the pattern. */
  static Scenario oneKey(String name, int writers, int readers, int times) {
    return new Scenario(
            name,
            List.of(0, 0),
            List.of(BASE | PATTERN),
            List.of(),
            List.of(),
            EnumSet.noneOf(Feature.class),
            EnumSet.allOf(Invariant.class))
        .writers(writers, PATTERN)
        .readers(readers, 0, times);
  }

  Scenario writers(int count, int evicts) {
    Scenario scenario = this;
    for (int i = 0; i < count; i++) {
      scenario = scenario.with(new Writer(evicts, Kind.ROWS));
    }
    return scenario;
  }

  Scenario readers(int count, int key, int times) {
    Scenario scenario = this;
    for (int i = 0; i < count; i++) {
      scenario = scenario.with(new Reader(key, times, keys.get(key), -1));
    }
    return scenario;
  }

  /** With another index of the base index {@code base}, to which no key belongs yet. */
  Scenario index(int base) {
    return new Scenario(name, plus(bases, base), keys, writers, readers, features, invariants);
  }

  Scenario key(int indexes) {
    return new Scenario(name, bases, plus(keys, indexes), writers, readers, features, invariants);
  }

  Scenario with(Writer writer) {
    return new Scenario(name, bases, keys, plus(writers, writer), readers, features, invariants);
  }

  Scenario with(Reader reader) {
    return new Scenario(name, bases, keys, writers, plus(readers, reader), features, invariants);
  }

  Scenario with(Feature... added) {
    EnumSet<Feature> all = EnumSet.copyOf(features);
    all.addAll(List.of(added));
    return new Scenario(name, bases, keys, writers, readers, all, invariants);
  }

  Scenario checking(Invariant first, Invariant... rest) {
    return new Scenario(name, bases, keys, writers, readers, features, EnumSet.of(first, rest));
  }

  Scenario notChecking(Invariant... spared) {
    EnumSet<Invariant> left = EnumSet.copyOf(invariants);
    left.removeAll(List.of(spared));
    return new Scenario(name, bases, keys, writers, readers, features, left);
  }

  @Override
  public String toString() {
    return "%s (%d writers, %d readers x %d%s)"
        .formatted(
            name,
            writers.size(),
            readers.size(),
            readers.stream().mapToInt(Reader::times).max().orElse(0),
            features.stream().map(feature -> ", " + feature).collect(Collectors.joining()));
  }

  boolean has(Feature feature) {
    return features.contains(feature);
  }

  int indexes() {
    return bases.size();
  }

  boolean isBase(int index) {
    return bases.get(index) == index;
  }

  int base(int index) {
    return bases.get(index);
  }

  /** Whether a reader's model lacks one of its key's indexes. */
  boolean hasOldModel(int reader) {
    return readers.get(reader).knownIndexes() != keys.get(readers.get(reader).key());
  }

  /** The base index that a key belongs to. */
  int baseOf(int key) {
    return bases.get(Integer.numberOfTrailingZeros(keys.get(key)));
  }

  /** Whether a transaction changes what a key's value is made from. */
  boolean touches(int writer, int key) {
    return writers.get(writer).kind() != Kind.ROWS
        || (writers.get(writer).evicts() & keys.get(key)) != 0;
  }

  /** The indexes that are evicted for a transaction. */
  int evictedBy(int writer) {
    if (writers.get(writer).kind() == Kind.ROWS) {
      return writers.get(writer).evicts();
    }
    int all = 0;
    for (int index = 0; index < indexes(); index++) {
      all |= isBase(index) ? 1 << index : 0;
    }
    return all;
  }

  /** Those of the indexes evicted for a transaction that a key belongs to. */
  int everyPattern(int writer, int key) {
    return evictedBy(writer) & keys.get(key);
  }

  private static <T> List<T> plus(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return List.copyOf(longer);
  }
}
