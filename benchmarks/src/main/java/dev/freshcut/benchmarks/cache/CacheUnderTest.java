package dev.freshcut.benchmarks.cache;

import dev.freshcut.coherentcache.CacheListener;
import dev.freshcut.coherentcache.CacheSettings;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.Progress;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.SnapshotSource;
import dev.freshcut.coherentcache.StampedStore;
import dev.freshcut.coherentcache.StampedStore.Fill;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Family;
import dev.freshcut.embeddedstack.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** The cache with its default settings on one of the server's databases, emptied at start. */
public final class CacheUnderTest implements AutoCloseable {
  /** The snapshot that all fills claim to be from, unless they say otherwise. */
  public static final long FLOOR = 1_000_000;

  /** What precedes the text of an entry's key in Redis. */
  public static final String ENTRIES = CacheSettings.defaults().namespace() + ":e:";

  /** Class path resource of the measured model. */
  public static final String MODEL = "dev/freshcut/benchmarks/model.yml";

  private static final String CLAIMANT = "benchmark";

  private final Clock clock;
  private final RedissonClient redisson;
  private final RedisCoherence coherence;
  private final CacheModel model;
  private final StampedStore store;

  private CacheUnderTest(Clock clock, RedissonClient redisson) {
    this.clock = clock;
    this.redisson = redisson;
    this.model = CacheModel.loadResource(MODEL);
    this.coherence =
        new RedisCoherence(
            redisson, model, patient(CacheSettings.defaults()), CacheListener.NONE, clock);
    this.store = coherence.store();
  }

  /** The same, but a slow answer is counted as slow and does not end the benchmark. */
  private static CacheSettings patient(CacheSettings settings) {
    return new CacheSettings(
        settings.namespace(),
        Duration.ofSeconds(10),
        settings.evictTimeout(),
        settings.maxLoadTime(),
        settings.lease(),
        settings.watermarkBound(),
        settings.maxValueBytes(),
        settings.maxKeyBytes(),
        settings.anyEvictionPolicy());
  }

  /** Connects to a database, and empties it. */
  public static CacheUnderTest open(Clock clock, RedisServer redis, int database) {
    CacheUnderTest cache = new CacheUnderTest(clock, connect(redis, database));
    cache.clear();
    return cache;
  }

  /** The name of an entry in Redis. */
  public static String redisKey(CacheKey key) {
    return ENTRIES + key.text();
  }

  /** A plain client with Redisson's defaults. */
  public static RedissonClient connect(RedisServer redis, int database) {
    Config config = new Config();
    config.setCodec(StringCodec.INSTANCE);
    config.useSingleServer().setAddress(redis.url()).setDatabase(database);
    return Redisson.create(config);
  }

  /** The client that the cache uses. */
  public RedissonClient redisson() {
    return redisson;
  }

  StampedStore store() {
    return store;
  }

  Evictor evictor() {
    return coherence.evictor();
  }

  /** How far the invalidation worker has come. */
  public Map<String, String> positions() {
    return coherence.progress().positions();
  }

  /** Every change committed before this has been evicted, by the worker's account. */
  public Optional<Instant> watermark() {
    return coherence.watermarks().read().map(Watermark::committedBefore);
  }

  /** A family of the measured model. */
  public Family family(String name) {
    return model.family(name);
  }

  /** Empties the database. */
  public void clear() {
    redisson.getKeys().flushdb();
  }

  /** A reader whose loader must never be called, and whose watermark never gets old. */
  CoherentCache readerOfHits() {
    Watermark farAhead = new Watermark(clock.instant().plus(Duration.ofDays(1)), FLOOR, FLOOR);
    evictor().evict(List.of(), Progress.NONE.withWatermark(farAhead));
    return coherence.reader(new NoDatabase());
  }

  /** Registers the scope of a key, as the first load in it does. */
  public void begin(CacheKey key) {
    store.begin(key, CLAIMANT, -1);
    store.release(key, CLAIMANT);
  }

  /** Stores an entry, whose scope is registered. */
  public void fill(CacheKey key, byte[] json, long floor) {
    Fill fill = store.fill(key, CLAIMANT, json, floor, clock.instant());
    if (fill != Fill.STORED) {
      throw new IllegalStateException("fill of " + key + " was refused: " + fill);
    }
  }

  @Override
  public void close() {
    coherence.close();
    redisson.shutdown();
  }

  private static final class NoDatabase implements SnapshotSource {
    @Override
    public <T extends @Nullable Object> Loaded<T> load(Callable<T> loader) {
      throw new IllegalStateException("a read missed that should have been a hit");
    }

    @Override
    public boolean insideReadWriteTransaction() {
      return false;
    }
  }
}
