package dev.freshcut.benchmarks.cache;

import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.Family;
import dev.freshcut.coherentcache.model.Pattern;
import java.util.List;
import java.util.stream.IntStream;

/** Entries of the coherent cache. */
final class IndexedKeyspace extends Keyspace {
  private final CacheUnderTest cache;
  private final Evictor evictor;
  private final Family family;
  private final int groupSize;
  private long xid = CacheUnderTest.FLOOR;

  IndexedKeyspace(CacheUnderTest cache, int entries, int groupSize) {
    super(entries, groupSize);
    this.cache = cache;
    this.evictor = cache.evictor();
    this.family = cache.family("offers");
    this.groupSize = groupSize;
    for (int group = 0; group < groups(); group += KINDS) {
      cache.begin(key(family, group, 0));
    }
    IntStream.range(0, groups()).parallel().forEach(this::refill);
  }

  @Override
  long evict(int group) {
    Pattern pattern = family.pattern(group / KINDS, DAY, group % KINDS, Pattern.ANY);
    return evictor.evict(List.of(new Eviction(pattern, ++xid)));
  }

  @Override
  void refill(int group) {
    for (int variant = 0; variant < groupSize; variant++) {
      CacheKey key = key(family, group, variant);
      cache.fill(key, VALUE, xid + 1);
    }
  }

  @Override
  public void close() {
    cache.clear();
    cache.close();
  }
}
