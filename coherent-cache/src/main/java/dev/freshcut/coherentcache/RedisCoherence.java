package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.redisaccess.MemoryPolicy;
import dev.freshcut.redisaccess.RedisCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cache's parts over one Redis. The application owns the Redisson client and closes it after
 * this. The client must read from masters: a replica may still hold what has been evicted.
 */
public final class RedisCoherence implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RedisCoherence.class);
  private static final int REGISTRATION_SECONDS = 20;

  private final CacheModel model;
  private final CacheSettings settings;
  private final CacheListener listener;
  private final Clock clock;
  private final Keys keys;
  private final RedisCalls reads;
  private final RedisCalls maintenance;
  private final ModelRegistry models;
  private final ScheduledExecutorService background;

  /** Whether the server's memory policy has been seen to be right. */
  private volatile boolean policyChecked;

  /**
   * Connects the parts. Redis need not be there: until it is, readers bypass the cache.
   *
   * @throws IllegalStateException if the server's {@code maxmemory-policy} may evict keys without a
   *     TTL, which would lose indexes
   */
  public RedisCoherence(
      RedissonClient redisson,
      CacheModel model,
      CacheSettings settings,
      CacheListener listener,
      Clock clock) {
    this.model = model;
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
    this.keys = new Keys(settings.namespace());
    this.reads = calls(redisson, settings.redisTimeout());
    this.maintenance = calls(redisson, settings.evictTimeout());
    this.models = new ModelRegistry(reads, keys, model.fingerprint(), clock);
    this.background =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("coherent-cache-background").factory());
    try {
      checkPolicy();
    } catch (CacheUnavailableException e) {
      log.warn("Redis is away ({}); reads go to the database until it is back", e.getMessage());
    } catch (IllegalStateException e) {
      background.shutdownNow();
      throw e;
    }
  }

  private void checkPolicy() {
    if (!policyChecked && !settings.anyEvictionPolicy()) {
      MemoryPolicy.check(
          reads,
          "the cache's indexes and so leave stale entries behind",
          "any-eviction-policy=true");
    }
    policyChecked = true;
  }

  private static RedisCalls calls(RedissonClient redisson, Duration budget) {
    return new RedisCalls(redisson, budget, CacheUnavailableException::new);
  }

  /** A reader whose loaders run in {@code source}. */
  public CoherentCache reader(SnapshotSource source) {
    WatermarkGate gate =
        new WatermarkGate(
            new WatermarkHash(reads, keys),
            this::checkPolicy,
            settings.watermarkBound(),
            clock,
            background);
    gate.start();
    return new RedisCache(
        new GuardedStore(store(), listener),
        source,
        gate,
        settings,
        listener,
        JsonMapper.builder().build(),
        clock);
  }

  /** The protocol's steps for readers, without watermark, single flight or circuit breaker. */
  public StampedStore store() {
    return new RedisStore(reads, keys, model, settings);
  }

  /** The evictor. */
  public Evictor evictor() {
    return new RedisEvictor(maintenance, keys, model, listener);
  }

  /** Positions recorded by the evictor. */
  public ProgressStore progress() {
    return new RedisProgress(maintenance, keys);
  }

  /** The watermark. */
  public Watermarks watermarks() {
    return new WatermarkHash(maintenance, keys);
  }

  /** A sweeper, for use by one thread. */
  public Sweeper sweeper() {
    return new RedisSweeper(maintenance, keys);
  }

  /** Registers this process's model, and keeps it registered until closed. */
  public void registerModel() {
    var unused =
        background.scheduleWithFixedDelay(
            this::tryRegister, 0, REGISTRATION_SECONDS, TimeUnit.SECONDS);
  }

  private void tryRegister() {
    try {
      models.register();
    } catch (CacheUnavailableException e) {
      log.debug("model not registered, will be tried again", e);
    }
  }

  /**
   * What is wrong between this model and those that other processes have registered.
   *
   * @throws CacheUnavailableException if Redis did not answer in time
   */
  public List<String> modelMismatches() {
    return models.mismatches();
  }

  @Override
  public void close() {
    background.shutdownNow();
  }
}
