package dev.freshcut.coherentcache.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A family's key template with some variables bound: the unit of eviction; immutable. Made by
 * {@link CacheModel#evictionsFor}, {@link CacheKey#indexes} or {@link Family#pattern}.
 *
 * <p>The scope is open only in a pattern that reaches every scope (a TRUNCATE); every other pattern
 * names exactly one index in Redis: {@code items:{7}:2026-11-20:42:*}. A pattern that binds every
 * variable has the same text as the key that it selects, so indexes and entries need different
 * prefixes.
 */
public final class Pattern {
  /** Passed to {@link Family#pattern} for a variable that is to stay open. */
  public static final Object ANY =
      new Object() {
        @Override
        public String toString() {
          return "*";
        }
      };

  private final Family family;
  private final @Nullable String[] segments;
  private final int hash;
  private @Nullable String text; // computed on demand: most patterns are coalesced away before

  Pattern(Family family, @Nullable String[] segments) {
    this.family = family;
    this.segments = segments;
    this.hash = 31 * family.hashCode() + Arrays.hashCode(segments);
  }

  /** Whose keys it selects. */
  public Family family() {
    return family;
  }

  /** One encoded value per variable of the family's template; null stands for any value. */
  public List<@Nullable String> segments() {
    return Collections.unmodifiableList(Arrays.asList(segments));
  }

  /** The encoded value of the scope; null if the pattern reaches every scope. */
  public @Nullable String scope() {
    return segments[0];
  }

  /** Whether it selects keys in every scope, and therefore is not the name of an index. */
  public boolean reachesEveryScope() {
    return segments[0] == null;
  }

  /**
   * Whether the model makes entries belong to an index of this pattern's shape. If not, the pattern
   * (made by hand, or by another version of the model) can be applied only by matching the members
   * of {@link #base()}.
   */
  public boolean shapeIsKnown() {
    int bound = 0;
    for (int i = 0; i < segments.length; i++) {
      if (segments[i] != null) {
        bound |= 1 << i;
      }
    }
    return family.hasShape(bound);
  }

  /**
   * The name of its index, with the scope as Redis Cluster hash tag. For a pattern that reaches
   * every scope it is of use in messages only: {@code items:*:*:*:*}.
   */
  public String text() {
    String known = text;
    if (known == null) {
      known = KeyText.of(family, segments);
      text = known;
    }
    return known;
  }

  /**
   * What the texts of all the family's keys in this scope begin with.
   *
   * @throws IllegalStateException if the pattern reaches every scope
   */
  public String keyPrefix() {
    return family.keyPrefix(boundScope());
  }

  /**
   * The pattern of the family's entries in this scope.
   *
   * @throws IllegalStateException if the pattern reaches every scope
   */
  public Pattern base() {
    return family.base(boundScope());
  }

  /** Whether it selects the key. */
  public boolean matches(CacheKey key) {
    return family.equals(key.family()) && key.fits(segments);
  }

  private String boundScope() {
    String scope = segments[0];
    if (scope == null) {
      throw new IllegalStateException(text() + " reaches every scope; ask for one scope at a time");
    }
    return scope;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Pattern pattern
        && hash == pattern.hash
        && Arrays.equals(segments, pattern.segments)
        && family.equals(pattern.family);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return text();
  }
}
