package dev.freshcut.benchmarks.cache;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;

/** The same keys as strings with a TTL, and nothing else. */
final class PlainKeyspace extends Keyspace {
  private final RedissonClient redisson;
  private final int groupSize;

  PlainKeyspace(RedissonClient redisson, int entries, int groupSize) {
    super(entries, groupSize);
    this.redisson = redisson;
    this.groupSize = groupSize;
    redisson.getKeys().flushdb();
    IntStream.range(0, groups()).forEach(this::refill);
  }

  @Override
  long evict(int group) {
    return redisson.getKeys().deleteByPattern(prefix(group) + "*");
  }

  @Override
  void refill(int group) {
    RBatch batch = redisson.createBatch();
    for (int variant = 0; variant < groupSize; variant++) {
      var unused =
          batch
              .<byte[]>getBucket(prefix(group) + variant, ByteArrayCodec.INSTANCE)
              .setAsync(VALUE, 24, TimeUnit.HOURS);
    }
    batch.execute();
  }

  private static String prefix(int group) {
    return CacheUnderTest.ENTRIES
        + "offers:{"
        + group / KINDS
        + "}:"
        + DAY
        + ":"
        + group % KINDS
        + ":";
  }

  @Override
  public void close() {
    redisson.getKeys().flushdb();
    redisson.shutdown();
  }
}
