package dev.freshcut.coherentcache.races;

import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Consistency;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.SnapshotSource;
import dev.freshcut.coherentcache.model.CacheKey;
import java.util.concurrent.Callable;
import org.redisson.api.RBucket;
import tools.jackson.core.type.TypeReference;

/** Two ways of caching the version of item 1, both on the same Redis. */
enum Subject {
  /** Read through, delete on change: what one would write first. */
  NAIVE {
    @Override
    Cache open(Shop shop) {
      RBucket<Integer> bucket = shop.redisson.getBucket("naive-" + shop.databaseName);
      return new Cache() {
        @Override
        public int read(SnapshotSource from, Callable<Integer> query) throws Exception {
          Integer cached = bucket.get();
          if (cached == null) {
            cached = query.call();
            bucket.set(cached);
          }
          return cached;
        }

        @Override
        public void evict(long xid) {
          bucket.delete();
        }
      };
    }
  },
  COHERENT {
    @Override
    Cache open(Shop shop) {
      CacheKey key = shop.shelf(7, 1);
      Evictor evictor = shop.process().evictor();
      return new Cache() {
        @Override
        public int read(SnapshotSource from, Callable<Integer> query) {
          // Each read is another process's, so that none joins another's load.
          CoherentCache reader = shop.process().reader(from);
          return reader.get(key, new TypeReference<>() {}, Consistency.EVENTUAL, query).value();
        }

        @Override
        public void evict(long xid) {
          evictor.evict(shop.evictions(1, 7, 1, 2, xid));
        }
      };
    }
  };

  abstract Cache open(Shop shop);

  /** A cache with a single entry. */
  interface Cache {
    /** The entry; loaded by the query, in a transaction of the source where it has any use. */
    int read(SnapshotSource from, Callable<Integer> query) throws Exception;

    /** The item was changed by a transaction. */
    void evict(long xid);
  }
}
