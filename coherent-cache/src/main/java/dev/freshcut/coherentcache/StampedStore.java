package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.CacheKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reader's steps of the coherence protocol, one round trip to Redis each.
 *
 * <p>{@link CoherentCache} is made of them; use them directly to build another way of reading. The
 * order is fixed: {@link #begin} before the snapshot is read, the snapshot before the data, {@link
 * #fill} last.
 *
 * <p>Every method throws {@link CacheUnavailableException} if Redis does not answer in time.
 */
public interface StampedStore {
  /** The entry of a key; null if there is none or it can't be decoded. */
  @Nullable Entry read(CacheKey key);

  /** The same of several keys in one round trip, in their order. */
  List<@Nullable Entry> readAll(List<CacheKey> keys);

  /**
   * Announces a load, and claims the right to be the only one to do it.
   *
   * @param claimant unique to this load
   * @param newerThan an entry found meanwhile will do if its floor is above this; none will do if
   *     it is {@link Xid#MAX}
   */
  Begun begin(CacheKey key, String claimant, long newerThan);

  /**
   * Stores a loaded value unless it is already out of date, and gives the claim back.
   *
   * @param json the value, not longer than the limit
   * @param floor of the snapshot that was read after {@link #begin} and before the value
   * @param loadedAt when the load began
   */
  Fill fill(CacheKey key, String claimant, byte[] json, long floor, Instant loadedAt);

  /** Gives a claim back without storing anything. */
  void release(CacheKey key, String claimant);

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
