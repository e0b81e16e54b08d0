package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.Answer.Cause;
import dev.freshcut.coherentcache.model.CacheKey;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** {@link CoherentCache} over a {@link StampedStore}. */
final class RedisCache implements CoherentCache {
  private final Parts parts;

  /**
   * What every read works with.
   *
   * @param flights the loads in progress in this process
   */
  record Parts(
      GuardedStore store,
      SnapshotSource source,
      WatermarkGate gate,
      CacheSettings settings,
      CacheListener listener,
      JsonMapper json,
      Clock clock,
      ConcurrentHashMap<CacheKey, Flight<?>> flights) {}

  RedisCache(
      GuardedStore store,
      SnapshotSource source,
      WatermarkGate gate,
      CacheSettings settings,
      CacheListener listener,
      JsonMapper json,
      Clock clock) {
    this.parts =
        new Parts(store, source, gate, settings, listener, json, clock, new ConcurrentHashMap<>());
  }

  @Override
  public <T extends @Nullable Object> Answer<T> get(
      CacheKey key, TypeReference<T> type, Consistency consistency, Callable<? extends T> loader) {
    return getAll(
            List.of(key), type, consistency, which -> Collections.<T>singletonList(loader.call()))
        .getFirst();
  }

  @Override
  public <T extends @Nullable Object> List<Answer<T>> getAll(
      List<CacheKey> keys, TypeReference<T> type, Consistency consistency, Loader<T> loader) {
    if (keys.size() > MOST_KEYS) {
      throw new IllegalArgumentException(
          keys.size() + " keys at once; at most " + MOST_KEYS + " are read together");
    }
    return new Reading<>(parts, keys, type, consistency, loader).answers();
  }

  @Override
  public Optional<Cause> bypassing() {
    if (parts.store().leftAlone()) {
      return Optional.of(Cause.REDIS);
    }
    return parts.gate().open() ? Optional.empty() : Optional.of(Cause.WATERMARK);
  }
}
