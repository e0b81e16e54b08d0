package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Family;
import dev.freshcut.coherentcache.model.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RScript.ReturnType;
import org.redisson.client.codec.ByteArrayCodec;

/** {@link StampedStore} over Redis. */
final class RedisStore implements StampedStore {
  private static final Fill[] FILLS = Fill.values();

  private final RedisCalls redis;
  private final Keys keys;
  private final EntryCodec codec;
  private final CacheSettings settings;
  private final String announcement;
  private final Duration longestLoad;

  RedisStore(RedisCalls redis, Keys keys, CacheModel model, CacheSettings settings) {
    this.redis = redis;
    this.keys = keys;
    this.codec = new EntryCodec(settings.maxValueBytes());
    this.settings = settings;
    this.announcement = "#" + model.fingerprint();
    // Twice: a load is timed by its process, the announcement by Redis.
    this.longestLoad = settings.maxLoadTime().multipliedBy(2);
  }

  @Override
  public @Nullable Entry read(CacheKey key) {
    byte[] bytes =
        redis.<byte @Nullable []>within(
            "GET",
            () ->
                redis
                    .redisson()
                    .<byte[]>getBucket(keys.entry(key), ByteArrayCodec.INSTANCE)
                    .getAsync());
    return decoded(bytes);
  }

  @Override
  public List<@Nullable Entry> readAll(List<CacheKey> wanted) {
    RBatch batch = redis.redisson().createBatch();
    List<RFuture<byte[]>> replies = new ArrayList<>();
    for (CacheKey key : wanted) {
      replies.add(batch.<byte[]>getBucket(keys.entry(key), ByteArrayCodec.INSTANCE).getAsync());
    }
    redis.within("GET", batch::executeAsync);
    return replies.stream().map(RFuture::resultNow).map(this::decoded).toList();
  }

  private @Nullable Entry decoded(byte @Nullable [] bytes) {
    return bytes == null ? null : codec.decode(bytes);
  }

  @Override
  public Begun begin(CacheKey key, String claimant, long newerThan) {
    Object reply =
        redis.script(
            Script.BEGIN,
            ReturnType.VALUE,
            List.of(keys.entry(key), keys.lease(key), keys.index(key.base())),
            claimant,
            settings.lease().toMillis(),
            newerThan == Xid.MAX ? "inf" : newerThan,
            announcement,
            wholeSeconds(longestLoad));
    if (reply instanceof byte[] bytes) {
      Entry entry = codec.decode(bytes);
      return entry == null ? begin(key, claimant, Xid.MAX) : new Begun.Found(entry);
    }
    long remaining = (Long) reply;
    return remaining == 0 ? new Begun.Granted() : new Begun.Held(Duration.ofMillis(remaining));
  }

  @Override
  public Fill fill(CacheKey key, String claimant, byte[] json, long floor, Instant loadedAt) {
    Duration ttl = jittered(key.family());
    Entry entry = new Entry(json, floor, loadedAt, loadedAt.plus(ttl));
    List<Object> names = new ArrayList<>();
    names.add(keys.entry(key));
    names.add(keys.lease(key));
    for (Pattern index : key.indexes()) {
      names.add(keys.index(index));
    }
    Long reply =
        redis.script(
            Script.FILL,
            ReturnType.LONG,
            names,
            claimant,
            Xid.check(floor),
            ttl.toMillis(),
            key.member(),
            codec.encode(entry, key.family().compressAbove()),
            announcement,
            wholeSeconds(ttl.plus(longestLoad)));
    return FILLS[reply.intValue()];
  }

  @Override
  public void release(CacheKey key, String claimant) {
    redis.<Long>script(Script.RELEASE, ReturnType.LONG, List.of(keys.lease(key)), claimant);
  }

  private static long wholeSeconds(Duration duration) {
    return duration.toSeconds() + 1;
  }

  private static Duration jittered(Family family) {
    double shortened = 1 - family.jitter() * ThreadLocalRandom.current().nextDouble();
    return Duration.ofMillis(Math.max(1, (long) (family.ttl().toMillis() * shortened)));
  }
}
