package dev.freshcut.coherentcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Pattern;
import dev.freshcut.coherentcache.model.TableChange;
import dev.freshcut.coherentcache.model.TableChange.Kind;
import dev.freshcut.embeddedstack.RedisCluster;
import dev.freshcut.embeddedstack.RedisServer;
import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.redisaccess.spring.RedisSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** A real Redis, a small model and the cache's parts; each instance uses a namespace of its own. */
final class CacheFixture implements AutoCloseable {
  static final String MODEL =
      """
      version: 1
      tables:
        public.items:
          shop: integer
          day: date
          shelf: text
          price: integer
      families:
        items:
          key: "items:{shop}:{day}:{shelf}"
          scope: shop
          ttl: 5m
          jitter: 0%
        shop:
          key: "shop:{shop}"
          scope: shop
          ttl: 1h
          jitter: 50%
      rules:
        - table: public.items
          columns: [price, day, shelf]
          evict:
            - "items:{shop}:{day}:*"
            - "shop:{shop}"
        - table: public.items
          on: [delete, truncate]
          evict: ["items:{shop}:{day}:{shelf}"]
      """;

  /** The same keys, but nobody evicts by day. */
  static final String OTHER_MODEL =
      """
      version: 1
      tables:
        public.items: {shop: integer, shelf: text}
      families:
        items:
          key: "items:{shop}:{day}:{shelf}"
          scope: shop
          ttl: 5m
          jitter: 0%
      rules:
        - table: public.items
          evict: ["items:{shop}:*:{shelf}"]
      """;

  private static final TestServers SERVERS = TestServers.shared();
  private static int instances;

  final CacheModel model = CacheModel.parse("test.yml", MODEL);
  final CacheSettings settings;
  final RedissonClient redisson;
  final RedisCoherence coherence;
  final Evictor evictor;
  final StampedStore store;

  CacheFixture() {
    this(singleServer());
  }

  CacheFixture(Config redis) {
    this(redis, settings(Duration.ofMinutes(1)));
  }

  CacheFixture(Config redis, CacheSettings settings) {
    this.redisson = Redisson.create(redis);
    this.settings = settings;
    this.coherence = coherence(model);
    this.evictor = coherence.evictor();
    this.store = coherence.store();
  }

  /** For a namespace that no other test uses. */
  static CacheSettings settings(Duration lease) {
    CacheSettings s = CacheSettings.defaults();
    return new CacheSettings(
        "t" + instances++,
        // Generous, as the machine that runs the tests may be busy.
        Duration.ofSeconds(5),
        s.evictTimeout(),
        s.maxLoadTime(),
        lease,
        // A test that is held up must not find the cache closed.
        Duration.ofHours(1),
        s.maxValueBytes(),
        s.maxKeyBytes(),
        s.anyEvictionPolicy());
  }

  /** Waits long enough for a busy machine. */
  static ConditionFactory eventually() {
    return await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20));
  }

  static RedisServer redis() {
    return SERVERS.redis();
  }

  static Config singleServer() {
    Config config = new Config();
    config.setLazyInitialization(true);
    config.useSingleServer().setAddress(redis().url()).setConnectionMinimumIdleSize(2);
    return config;
  }

  /** The client's settings that an application has for these addresses. */
  static Config cluster() {
    return new RedisSettings(RedisCluster.shared().urls(), null, null, 8).toRedisson();
  }

  /** Waits for Redis for no longer than this: for tests where it is away. */
  RedisCoherence impatient(Duration redisTimeout, CacheListener listener) {
    CacheSettings impatient =
        new CacheSettings(
            settings.namespace(),
            redisTimeout,
            settings.evictTimeout(),
            settings.maxLoadTime(),
            settings.lease(),
            settings.watermarkBound(),
            settings.maxValueBytes(),
            settings.maxKeyBytes(),
            settings.anyEvictionPolicy());
    return new RedisCoherence(redisson, model, impatient, listener, Clock.systemUTC());
  }

  RedisCoherence coherence(CacheModel other) {
    return new RedisCoherence(redisson, other, settings, CacheListener.NONE, Clock.systemUTC());
  }

  CacheKey key(int shop, String day, String shelf) {
    return model.family("items").key(shop, day, shelf);
  }

  /** The patterns that a new row evicts. */
  List<Pattern> created(int shop, String day) {
    return model.evictionsFor(
        new TableChange(
            "public.items",
            Kind.CREATE,
            null,
            Map.of("shop", shop, "day", day, "shelf", "a", "price", 1)));
  }

  long evict(int shop, String day, long xid) {
    return evictor.evict(evictions(created(shop, day), xid));
  }

  static List<Eviction> evictions(List<Pattern> patterns, long xid) {
    List<Eviction> evictions = new ArrayList<>();
    patterns.forEach(pattern -> evictions.add(new Eviction(pattern, xid)));
    return evictions;
  }

  /** A whole load: announced, then stored with this floor. */
  StampedStore.Fill put(CacheKey key, long floor) {
    store.begin(key, "claimant", -1);
    return fill(key, floor);
  }

  StampedStore.Fill fill(CacheKey key, long floor) {
    return store.fill(key, "claimant", ("\"" + floor + "\"").getBytes(UTF_8), floor, Instant.EPOCH);
  }

  boolean cached(CacheKey key) {
    return store.read(key) != null;
  }

  /** Says that invalidation has come to a point in time. */
  void watermark(Instant committedBefore) {
    evictor.evict(List.of(), Progress.NONE.withWatermark(new Watermark(committedBefore, 99, 90)));
  }

  @Override
  public void close() {
    coherence.close();
    redisson.getKeys().deleteByPattern(settings.namespace() + ":*");
    redisson.shutdown();
  }
}
