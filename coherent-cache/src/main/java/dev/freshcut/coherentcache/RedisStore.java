package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Family;
import dev.freshcut.coherentcache.model.Pattern;
import dev.freshcut.redisaccess.RedisCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript.ReturnType;
import org.redisson.client.codec.ByteArrayCodec;

/** {@link StampedStore} over Redis. */
final class RedisStore implements StampedStore {
  private static final Fill[] FILLS = Fill.values();

  /** An entry that can't be decoded. */
  private static final Begun DAMAGED = new Begun.Held(Duration.ZERO);

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
  public List<@Nullable Entry> read(List<CacheKey> wanted) {
    if (wanted.size() == 1) {
      String name = keys.entry(wanted.getFirst());
      return Collections.singletonList(
          decoded(
              redis.<byte @Nullable []>within(
                  "GET",
                  () ->
                      redis
                          .redisson()
                          .<byte[]>getBucket(name, ByteArrayCodec.INSTANCE)
                          .getAsync())));
    }
    List<String> names = wanted.stream().map(keys::entry).toList();
    Map<String, byte[]> found =
        redis.within(
            "MGET",
            () ->
                redis
                    .redisson()
                    .getBuckets(ByteArrayCodec.INSTANCE)
                    .<byte[]>getAsync(names.toArray(String[]::new)));
    return names.stream().<@Nullable Entry>map(name -> decoded(found.get(name))).toList();
  }

  private @Nullable Entry decoded(byte @Nullable [] bytes) {
    return bytes == null ? null : codec.decode(bytes);
  }

  @Override
  public List<Begun> begin(List<Wanted> wanted, String claimant) {
    List<Object> replies = replies(wanted, claimant);
    List<Begun> begun = new ArrayList<>(replies.stream().map(this::begun).toList());
    List<Integer> damaged =
        IntStream.range(0, begun.size()).filter(i -> begun.get(i).equals(DAMAGED)).boxed().toList();
    if (!damaged.isEmpty()) {
      List<Begun> anew =
          begin(
              damaged.stream().map(i -> new Wanted(wanted.get(i).key(), Xid.MAX)).toList(),
              claimant);
      for (int i = 0; i < damaged.size(); i++) {
        begun.set(damaged.get(i), anew.get(i));
      }
    }
    return begun;
  }

  private List<Object> replies(List<Wanted> wanted, String claimant) {
    return redis.scripts(
        Scripts.BEGIN, ReturnType.VALUE, wanted.stream().map(w -> begin(w, claimant)).toList());
  }

  private RedisCalls.Call begin(Wanted wanted, String claimant) {
    CacheKey key = wanted.key();
    return new RedisCalls.Call(
        List.of(keys.entry(key), keys.lease(key), keys.index(key.base())),
        List.of(
            claimant,
            settings.lease().toMillis(),
            wanted.newerThan() == Xid.MAX ? "inf" : wanted.newerThan(),
            announcement,
            wholeSeconds(longestLoad)));
  }

  private Begun begun(Object reply) {
    if (reply instanceof byte[] bytes) {
      Entry entry = codec.decode(bytes);
      return entry == null ? DAMAGED : new Begun.Found(entry);
    }
    long remaining = (Long) reply;
    return remaining == 0 ? new Begun.Granted() : new Begun.Held(Duration.ofMillis(remaining));
  }

  @Override
  public List<Fill> fill(List<Value> values, String claimant, long floor, Instant loadedAt) {
    Xid.check(floor);
    List<Long> replies =
        redis.scripts(
            Scripts.FILL,
            ReturnType.LONG,
            values.stream().map(value -> fill(value, claimant, floor, loadedAt)).toList());
    return replies.stream().map(reply -> FILLS[reply.intValue()]).toList();
  }

  private RedisCalls.Call fill(Value value, String claimant, long floor, Instant loadedAt) {
    CacheKey key = value.key();
    Duration ttl = jittered(key.family());
    Entry entry = new Entry(value.json(), floor, loadedAt, loadedAt.plus(ttl));
    List<Object> names = new ArrayList<>();
    names.add(keys.entry(key));
    names.add(keys.lease(key));
    for (Pattern index : key.indexes()) {
      names.add(keys.index(index));
    }
    return new RedisCalls.Call(
        names,
        List.of(
            claimant,
            floor,
            ttl.toMillis(),
            key.member(),
            codec.encode(entry, key.family().compressAbove()),
            announcement,
            wholeSeconds(ttl.plus(longestLoad))));
  }

  @Override
  public void release(List<CacheKey> claimed, String claimant) {
    redis.<Long>scripts(
        Scripts.RELEASE,
        ReturnType.LONG,
        claimed.stream()
            .map(key -> new RedisCalls.Call(List.of(keys.lease(key)), List.of(claimant)))
            .toList());
  }

  private static long wholeSeconds(Duration duration) {
    return duration.toSeconds() + 1;
  }

  private static Duration jittered(Family family) {
    double shortened = 1 - family.jitter() * ThreadLocalRandom.current().nextDouble();
    return Duration.ofMillis(Math.max(1, (long) (family.ttl().toMillis() * shortened)));
  }
}
