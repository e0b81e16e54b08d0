package dev.freshcut.coherentcache;

import dev.freshcut.redisaccess.RedisCalls;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.options.KeysScanOptions;

/** {@link Sweeper} over Redis. Not for use by several threads at once. */
final class RedisSweeper implements Sweeper {
  /** Members looked at in one script call: about a quarter of a millisecond of Redis's time. */
  private static final int MEMBERS_PER_CALL = 200;

  private static final int CALLS_PER_STEP = 50;
  private static final int SCAN_CHUNK = 500;

  private final RedisCalls redis;
  private final Keys keys;
  private @Nullable Iterator<String> indexes;

  /** The index that is being swept, and how far; null before the first and between two. */
  private @Nullable String index;

  private String cursor = "0";

  RedisSweeper(RedisCalls redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  @Override
  public Step step(long horizon) {
    Xid.check(horizon);
    long members = 0;
    long tombstones = 0;
    for (int call = 0; call < CALLS_PER_STEP; call++) {
      String current = index == null ? nextIndex() : index;
      if (current == null) {
        return new Step(members, tombstones, true);
      }
      // A call that fails is not tried again: the next step goes on with the next index.
      index = null;
      List<Object> reply =
          redis.script(
              Scripts.SWEEP,
              ReturnType.LIST,
              List.of(current, keys.baseOf(current)),
              keys.entryPrefixOf(current),
              horizon,
              cursor,
              MEMBERS_PER_CALL);
      cursor = RedisCalls.text(reply.get(0));
      members += (Long) reply.get(1);
      tombstones += (Long) reply.get(2);
      if (!cursor.equals("0")) {
        index = current;
      }
    }
    return new Step(members, tombstones, false);
  }

  /** Null at the end of the pass; the next call begins another. */
  private @Nullable String nextIndex() {
    cursor = "0";
    try {
      if (indexes == null) {
        KeysScanOptions options =
            KeysScanOptions.defaults().pattern(keys.allIndexes()).chunkSize(SCAN_CHUNK);
        indexes = redis.redisson().getKeys().getKeys(options).iterator();
      }
      while (indexes.hasNext()) {
        String name = indexes.next();
        if (keys.isIndex(name)) {
          return name;
        }
      }
      indexes = null;
      return null;
    } catch (RuntimeException e) {
      indexes = null;
      throw new CacheUnavailableException("SCAN: " + e.getMessage(), e);
    }
  }
}
