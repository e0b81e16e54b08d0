package dev.freshcut.coherentcache;

import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.client.codec.StringCodec;

/**
 * The check that the server evicts no key without a TTL when it runs out of memory. Indexes have
 * none; losing one would leave entries that no eviction reaches.
 */
final class MemoryPolicy {
  private static final String FIELD = "maxmemory_policy:";

  private MemoryPolicy() {}

  /**
   * @throws IllegalStateException if the policy is one of {@code allkeys-*}
   * @throws CacheUnavailableException if Redis did not answer in time
   */
  static void check(RedisCalls redis) {
    String info =
        redis.within(
            "INFO",
            () ->
                redis
                    .redisson()
                    .getScript(StringCodec.INSTANCE)
                    .evalAsync(
                        Mode.READ_WRITE, "return redis.call('INFO', 'memory')", ReturnType.VALUE));
    info.lines()
        .filter(line -> line.startsWith(FIELD + "allkeys-"))
        .findFirst()
        .ifPresent(
            line -> {
              throw new IllegalStateException(
                  "Redis has maxmemory-policy "
                      + line.substring(FIELD.length()).strip()
                      + ", which may evict the cache's indexes and so leave stale entries behind;"
                      + " set it to volatile-lru (or another volatile-*, or noeviction), or accept"
                      + " the risk with any-eviction-policy=true");
            });
  }
}
