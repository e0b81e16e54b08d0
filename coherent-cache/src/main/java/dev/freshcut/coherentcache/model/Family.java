package dev.freshcut.coherentcache.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A kind of cached entry: what its keys look like and how its values are kept.
 *
 * @param name unique, and the first part of every key: {@code [a-z][a-z0-9-]*}
 * @param variables the template's variables, in order
 * @param scope index in {@code variables} of the one whose value is the Redis Cluster hash tag
 * @param ttl how long an entry lives at most, 1 s to 30 days
 * @param jitter fraction of the TTL, 0 to 0.5, by which it is randomly shortened
 * @param freshness whether evictions are applied at once or coalesced
 * @param compressAbove values whose JSON is larger than this many bytes are compressed
 * @param shapes for each index that an entry belongs to, which variables that index binds; the
 *     first is always the one that binds the scope alone
 */
public record Family(
    String name,
    List<String> variables,
    int scope,
    Duration ttl,
    double jitter,
    Freshness freshness,
    int compressAbove,
    List<List<Boolean>> shapes) {

  /**
   * The key of the entry with these values, one per variable in the template's order.
   *
   * @throws IllegalArgumentException if the number of values differs from the number of variables
   */
  public CacheKey key(Object... values) {
    if (values.length != variables.size()) {
      throw new IllegalArgumentException(
          "family %s takes %d values %s, not %d"
              .formatted(name, variables.size(), variables, values.length));
    }
    return new CacheKey(this, Arrays.stream(values).map(Segment::encode).toList());
  }
}
