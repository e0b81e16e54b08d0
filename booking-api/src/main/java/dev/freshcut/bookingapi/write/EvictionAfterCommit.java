package dev.freshcut.bookingapi.write;

import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Freshness;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Evicts what a transaction of this instance has changed, without waiting for the change stream:
 * the same rules, at the same transaction id, but for families of bounded freshness. A shortcut
 * only; the invalidation worker does it again, and that changes nothing.
 */
@Component
final class EvictionAfterCommit {
  private static final Logger log = LoggerFactory.getLogger(EvictionAfterCommit.class);

  private final CacheModel model;
  private final Evictor evictor;

  EvictionAfterCommit(CacheModel model, Evictor evictor) {
    this.model = model;
    this.evictor = evictor;
  }

  /** Evicts; never fails, as the transaction is committed. */
  void evict(RowChanges changes, long xid) {
    try {
      List<Eviction> evictions =
          changes.all().stream()
              .flatMap(change -> model.evictionsFor(change).stream())
              // Families of bounded freshness are evicted once in a while, which the worker counts.
              .filter(pattern -> pattern.family().freshness() instanceof Freshness.Strict)
              .distinct()
              .map(pattern -> new Eviction(pattern, xid))
              .toList();
      if (!evictions.isEmpty()) {
        evictor.evict(evictions);
      }
    } catch (CacheUnavailableException e) {
      log.warn(
          "transaction {} is committed but not evicted ({}); the invalidation worker will do it",
          xid,
          e.getMessage());
    } catch (RuntimeException e) {
      log.error(
          "transaction {} is committed but not evicted; the invalidation worker will do it",
          xid,
          e);
    }
  }
}
