package dev.freshcut.coherentcache;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.options.KeysScanOptions;

/** {@link Sweeper} over Redis. Not for use by several threads at once. */
final class RedisSweeper implements Sweeper {
  /** Members looked at in one script call: about a quarter of a millisecond of Redis's time. */
  private static final int MEMBERS_PER_CALL = 200;

  private static final int INDEXES_PER_STEP = 50;
  private static final int SCAN_CHUNK = 500;

  private final RedisCalls redis;
  private final Keys keys;
  private @Nullable Iterator<String> indexes;

  RedisSweeper(RedisCalls redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  @Override
  public Step step(long horizon) {
    try {
      return sweepSome(Xid.check(horizon));
    } catch (CacheUnavailableException e) {
      indexes = null;
      throw e;
    } catch (RuntimeException e) {
      indexes = null;
      throw new CacheUnavailableException("SCAN: " + e.getMessage(), e);
    }
  }

  private Step sweepSome(long horizon) {
    Iterator<String> rest = indexes;
    if (rest == null) {
      KeysScanOptions options =
          KeysScanOptions.defaults().pattern(keys.allIndexes()).chunkSize(SCAN_CHUNK);
      rest = redis.redisson().getKeys().getKeys(options).iterator();
      indexes = rest;
    }
    long members = 0;
    long tombstones = 0;
    for (int i = 0; i < INDEXES_PER_STEP && rest.hasNext(); i++) {
      String index = rest.next();
      String cursor = "0";
      do {
        List<Object> reply =
            redis.script(
                Script.SWEEP,
                ReturnType.LIST,
                List.of(index, keys.baseOf(index)),
                keys.entryPrefixOf(index),
                horizon,
                cursor,
                MEMBERS_PER_CALL);
        cursor = Bytes.text(reply.get(0));
        members += (Long) reply.get(1);
        tombstones += (Long) reply.get(2);
      } while (!cursor.equals("0"));
    }
    boolean wrapped = !rest.hasNext();
    if (wrapped) {
      indexes = null;
    }
    return new Step(members, tombstones, wrapped);
  }
}
