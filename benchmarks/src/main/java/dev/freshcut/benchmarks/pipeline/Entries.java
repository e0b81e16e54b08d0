package dev.freshcut.benchmarks.pipeline;

import dev.freshcut.benchmarks.cache.CacheUnderTest;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.embeddedstack.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.codec.ByteArrayCodec;

/** One entry for each item, in Redis' database 0. */
final class Entries implements AutoCloseable {
  /** Of all entries' keys; then come shelf and item. */
  static final String KEY_PREFIX = CacheUnderTest.ENTRIES + "item:";

  private static final byte[] VALUE =
      "{\"name\":\"an item\",\"price\":1250}".getBytes(StandardCharsets.UTF_8);
  private static final int BATCH = 1_000;
  private static final String NOTIFY = "notify-keyspace-events";

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Clock clock;
  private final RedisServer redis;
  private final ItemsDatabase database;
  private final CacheUnderTest cache;

  /** Connects, and empties the database. */
  Entries(Clock clock, RedisServer redis, ItemsDatabase database) {
    this.clock = clock;
    this.redis = redis;
    this.database = database;
    this.cache = CacheUnderTest.open(clock, redis, 0);
  }

  RedissonClient redisson() {
    return cache.redisson();
  }

  /** Stores entries of the coherent cache for the items {@code first} and the next. */
  void fillStamped(long first, int count) throws SQLException {
    for (int shelf = 0; shelf < ItemsDatabase.shelves(); shelf++) {
      cache.begin(cache.family("item").key(shelf, 0));
    }
    long floor = database.floor();
    LongStream.range(first, first + count)
        .parallel()
        .forEach(item -> cache.fill(key(item), VALUE, floor));
  }

  /** Stores plain strings under the same keys. */
  void fillPlain(long first, int count) {
    for (List<CacheKey> keys : keys(first, count)) {
      RBatch batch = cache.redisson().createBatch();
      for (CacheKey key : keys) {
        var unused =
            batch
                .<byte[]>getBucket(CacheUnderTest.redisKey(key), ByteArrayCodec.INSTANCE)
                .setAsync(VALUE, 24, TimeUnit.HOURS);
      }
      batch.execute();
    }
  }

  /** How many of the items have an entry. */
  long count(long first, int count) {
    long found = 0;
    for (List<CacheKey> keys : keys(first, count)) {
      found +=
          cache
              .redisson()
              .getKeys()
              .countExists(keys.stream().map(CacheUnderTest::redisKey).toArray(String[]::new));
    }
    return found;
  }

  /** Switches the server's notifications on and watches them. */
  DeletionWatch watch() throws IOException {
    cache.redisson().getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig(NOTIFY, "Eg");
    return new DeletionWatch(redis.host(), redis.port(), KEY_PREFIX);
  }

  /**
   * Waits until the worker has come past now. When it starts for the first time, with nothing in
   * Redis to go on from, it evicts everything that was loaded before.
   */
  void awaitWorker() {
    Instant start = clock.instant();
    // One heartbeat of after the start, and one more: what the first one set off is done then.
    Instant first = awaitWatermarkAfter(start);
    awaitWatermarkAfter(first);
  }

  private Instant awaitWatermarkAfter(Instant time) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      Optional<Instant> reached = cache.watermark();
      if (reached.isPresent() && reached.get().isAfter(time)) {
        return reached.get();
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new IllegalStateException("the worker does not come past " + time);
  }

  /** How many changes of the items the worker has worked through since it first started. */
  long worked() {
    String partitions = database.name() + ".public.items-";
    return cache.positions().entrySet().stream()
        .filter(position -> position.getKey().startsWith(partitions))
        .mapToLong(position -> Long.parseLong(position.getValue()))
        .sum();
  }

  private List<List<CacheKey>> keys(long first, int count) {
    List<List<CacheKey>> batches = new ArrayList<>();
    for (long from = first; from < first + count; from += BATCH) {
      batches.add(
          LongStream.range(from, Math.min(first + count, from + BATCH))
              .mapToObj(this::key)
              .toList());
    }
    return batches;
  }

  private CacheKey key(long item) {
    return cache.family("item").key(ItemsDatabase.shelf(item), item);
  }

  @Override
  public void close() {
    cache.redisson().getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig(NOTIFY, "");
    cache.clear();
    cache.close();
  }
}
