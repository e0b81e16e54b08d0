package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.CacheModel;
import java.time.Clock;
import java.util.List;
import org.redisson.api.RedissonClient;

/**
 * The cache's parts over one Redis (single server, sentinel or Cluster). The application owns the
 * Redisson client and closes it after this.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "ObjectToString"})
public final class RedisCoherence implements AutoCloseable {

  /**
   * Connects the parts.
   *
   * @throws IllegalStateException if the server's {@code maxmemory-policy} may evict keys without a
   *     TTL, which would lose indexes
   */
  public RedisCoherence(
      RedissonClient redisson,
      CacheModel model,
      CacheSettings settings,
      CacheListener listener,
      Clock clock) {}

  /** A reader whose loaders run in {@code source}. */
  public CoherentCache reader(SnapshotSource source) {
    throw new UnsupportedOperationException("not yet " + source);
  }

  /** The evictor. */
  public Evictor evictor() {
    throw new UnsupportedOperationException("not yet " + this);
  }

  /** Positions recorded by the evictor. */
  public ProgressStore progress() {
    throw new UnsupportedOperationException("not yet " + this);
  }

  /** The watermark. */
  public Watermarks watermarks() {
    throw new UnsupportedOperationException("not yet " + this);
  }

  /** The sweeper. */
  public Sweeper sweeper() {
    throw new UnsupportedOperationException("not yet " + this);
  }

  /** Registers this process's model, and keeps it registered until closed. */
  public void registerModel() {}

  /** What is wrong between this model and those that other processes have registered. */
  public List<String> modelMismatches() {
    return List.of();
  }

  @Override
  public void close() {}
}
