package dev.freshcut.coherentcache.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The complete key of one entry; immutable. Made by {@link Family#key}.
 *
 * <p>Its text is always {@link #keyPrefix()} followed by {@link #member()}, in ASCII:
 *
 * <pre>
 * items:{7}:2026-11-20:42:3     prefix "items:{7}:", member "2026-11-20:42:3"
 * shops:{7}:                    prefix "shops:{7}:", member ""
 * </pre>
 */
public final class CacheKey {
  private final Family family;
  private final String[] segments;
  private final String text;

  CacheKey(Family family, String[] segments) {
    this.family = family;
    this.segments = segments;
    this.text = KeyText.of(family, segments);
  }

  /** Whose template it fills. */
  public Family family() {
    return family;
  }

  /** The encoded value of each variable, in the template's order. */
  public List<String> segments() {
    return List.of(segments);
  }

  /** The encoded value of the family's scope. */
  public String scope() {
    return segments[0];
  }

  /** The key, with the scope as Redis Cluster hash tag. */
  public String text() {
    return text;
  }

  /** What the texts of all the family's keys in this scope begin with. */
  public String keyPrefix() {
    return text.substring(0, family.prefixLength(segments[0]));
  }

  /**
   * What tells this key from others of its family and scope: the values of the variables after the
   * scope, joined by colons; empty if there are none. Never {@code !}, {@code ?} or {@code #}.
   */
  public String member() {
    return text.substring(family.prefixLength(segments[0]));
  }

  /** The pattern of each index that the entry belongs to, in the order of {@link Family#shapes}. */
  public List<Pattern> indexes() {
    return family.indexes(segments);
  }

  /** The pattern of the family's entries in this scope. */
  public Pattern base() {
    return family.base(segments[0]);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CacheKey key && text.equals(key.text) && family.equals(key.family);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  /** Whether every segment that the pattern binds is this key's. */
  boolean fits(@Nullable String[] pattern) {
    for (int i = 0; i < pattern.length; i++) {
      String bound = pattern[i];
      if (bound != null && !bound.equals(segments[i])) {
        return false;
      }
    }
    return true;
  }
}
