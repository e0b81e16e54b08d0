package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.Family;
import dev.freshcut.coherentcache.model.Pattern;

/** The names of the cache's keys in Redis. All keys of one family and scope share a hash slot. */
final class Keys {
  private final String entries;
  private final String leases;
  private final String indexes;
  private final String namespace;

  Keys(String namespace) {
    this.namespace = namespace;
    this.entries = namespace + ":e:";
    this.leases = namespace + ":l:";
    this.indexes = namespace + ":i:";
  }

  String entry(CacheKey key) {
    return entries + key.text();
  }

  String lease(CacheKey key) {
    return leases + key.text();
  }

  String index(Pattern pattern) {
    return indexes + pattern.text();
  }

  /** What precedes the member in the keys of all entries that a pattern selects. */
  String entryPrefix(Pattern pattern) {
    return entries + pattern.keyPrefix();
  }

  /** Glob for the indexes of a family in every scope. */
  String indexesOf(Family family) {
    return indexes + family.name() + ":*";
  }

  String allIndexes() {
    return indexes + "*";
  }

  String progress() {
    return namespace + ":{state}:progress";
  }

  String watermark() {
    return namespace + ":{state}:watermark";
  }

  String models() {
    return namespace + ":{state}:models";
  }

  /** {@code family:{scope}:} of an index's key. */
  private String prefixOf(String index) {
    int end = index.indexOf('}');
    return index.substring(indexes.length(), end + 2);
  }

  /** The prefix of the entries' keys that an index's members complete. */
  String entryPrefixOf(String index) {
    return entries + prefixOf(index);
  }

  /** The base index of an index's family and scope. */
  String baseOf(String index) {
    int members = index.indexOf('}') + 2;
    return index.substring(0, members) + index.substring(members).replaceAll("[^:]+", "*");
  }

  boolean isBase(String key) {
    return isIndex(key) && key.equals(baseOf(key));
  }

  /** Whether a key among {@link #allIndexes} is one, and not somebody else's. */
  boolean isIndex(String key) {
    return key.contains("}:");
  }
}
