package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.CacheKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reader's steps of the coherence protocol, of any number of keys in one round trip to Redis
 * each.
 *
 * <p>{@link CoherentCache} is made of them; use them directly to build another way of reading. The
 * order is fixed: {@link #begin} before the snapshot is read, the snapshot before the data, {@link
 * #fill} last.
 *
 * <p>Every method throws {@link CacheUnavailableException} if Redis does not answer in time.
 */
public interface StampedStore {
  /** The entries of some keys, in their order; null where there is none or it can't be decoded. */
  List<@Nullable Entry> read(List<CacheKey> keys);

  /**
   * Announces the loads of some keys, and claims the right to be the only one to do them.
   *
   * @param claimant unique to these loads
   * @return what was found of each, in their order
   */
  List<Begun> begin(List<Wanted> wanted, String claimant);

  /**
   * Stores loaded values unless they are already out of date, and gives their claims back.
   *
   * @param floor of the snapshot that was read after {@link #begin} and before the values
   * @param loadedAt when the load began
   * @return what became of each, in their order
   */
  List<Fill> fill(List<Value> values, String claimant, long floor, Instant loadedAt);

  /** Gives claims back without storing anything. */
  void release(List<CacheKey> keys, String claimant);

  /** {@link #read(List)} of one key. */
  default @Nullable Entry read(CacheKey key) {
    return read(List.of(key)).getFirst();
  }

  /** {@link #begin(List, String)} of one key. */
  default Begun begin(CacheKey key, String claimant, long newerThan) {
    return begin(List.of(new Wanted(key, newerThan)), claimant).getFirst();
  }

  /** {@link #fill(List, String, long, Instant)} of one key. */
  default Fill fill(CacheKey key, String claimant, byte[] json, long floor, Instant loadedAt) {
    return fill(List.of(new Value(key, json)), claimant, floor, loadedAt).getFirst();
  }

  /** {@link #release(List, String)} of one key. */
  default void release(CacheKey key, String claimant) {
    release(List.of(key), claimant);
  }

  /**
   * A key whose entry is to be loaded.
   *
   * @param newerThan an entry found meanwhile will do if its floor is above this; none will do if
   *     it is {@link Xid#MAX}
   */
  record Wanted(CacheKey key, long newerThan) {}

  /**
   * A value to store.
   *
   * @param json the value, not longer than the limit
   */
  @SuppressWarnings("ArrayRecordComponent") // values are not compared, and copies would cost
  record Value(CacheKey key, byte[] json) {}

  /**
   * A cached value.
   *
   * @param json the value
   * @param floor every transaction below it is contained in the value
   * @param loadedAt when its load began, by the loader's clock
   * @param expiresAt when it expires, by the loader's clock
   */
  @SuppressWarnings("ArrayRecordComponent") // entries are not compared, and copies would cost
  record Entry(byte[] json, long floor, Instant loadedAt, Instant expiresAt) {}

  /** What {@link #begin} found. */
  sealed interface Begun {
    /** Somebody else has stored an entry that will do. */
    record Found(Entry entry) implements Begun {}

    /** The claim is this caller's. */
    record Granted() implements Begun {}

    /** The claim is another's for at most {@code remaining}. */
    record Held(Duration remaining) implements Begun {}
  }

  /** What became of a fill. */
  enum Fill {
    STORED,
    /** Something that the value may lack has been evicted since. */
    EVICTED,
    /** An entry from a newer snapshot was stored meanwhile. */
    NEWER,
    /** Redis has lost the announcement, as after a restart. */
    UNREGISTERED
  }
}
