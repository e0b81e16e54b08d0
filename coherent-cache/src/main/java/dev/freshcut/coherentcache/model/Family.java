package dev.freshcut.coherentcache.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of cached entry: what its keys look like and how its values are kept; immutable. Made by
 * {@link CacheModel}.
 */
public final class Family {
  private final Definition definition;
  private final int hash;

  Family(Definition definition) {
    this.definition = definition;
    this.hash = definition.hashCode();
  }

  /** Unique in its model, and the first part of every key: {@code [a-z][a-z0-9-]*}. */
  public String name() {
    return definition.name;
  }

  /** The template's variables, in order; the first is the scope, the Redis Cluster hash tag. */
  public List<String> variables() {
    return definition.variables.stream().map(Variable::name).toList();
  }

  /** How long an entry lives at most, 1 s to 30 days. */
  public Duration ttl() {
    return definition.ttl;
  }

  /** Fraction of the TTL, 0 to 0.5, by which it is randomly shortened. */
  public double jitter() {
    return definition.jitter;
  }

  /** Whether evictions are applied at once or coalesced. */
  public Freshness freshness() {
    return definition.freshness;
  }

  /** Values whose JSON is larger than this many bytes are compressed; 0 to 64 MiB. */
  public int compressAbove() {
    return definition.compressAbove;
  }

  /**
   * For each index that an entry belongs to, the variables that the index binds. The first binds
   * the scope alone; the others are the different sets that rules' patterns bind.
   */
  public List<Set<String>> shapes() {
    return definition.shapes.stream().map(this::namesOf).toList();
  }

  /**
   * The key of the entry with these values, one per variable in the template's order.
   *
   * @param values text, whole numbers, booleans, UUIDs, dates, enum constants or null; where rules
   *     bind the variable to columns, whatever these columns can hold
   * @throws IllegalArgumentException if the number of values differs from the number of variables,
   *     or a value is not of its variable's type
   */
  public CacheKey key(@Nullable Object... values) {
    checkCount(values);
    String[] segments = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      segments[i] = segment(i, values[i]);
    }
    return new CacheKey(this, segments);
  }

  /**
   * The pattern with these values, one per variable in the template's order, {@link Pattern#ANY}
   * for those that stay open.
   *
   * @throws IllegalArgumentException as {@link #key}, and if only some scopes are left open
   */
  public Pattern pattern(@Nullable Object... values) {
    checkCount(values);
    @Nullable String[] segments = new String[values.length];
    boolean open = true;
    for (int i = 0; i < values.length; i++) {
      if (!Pattern.ANY.equals(values[i])) {
        segments[i] = segment(i, values[i]);
        open = false;
      }
    }
    if (segments[0] == null && !open) {
      throw new IllegalArgumentException(
          "a pattern of family '%s' that leaves the scope '%s' open must leave all variables open"
              .formatted(name(), definition.variables.getFirst().name()));
    }
    return new Pattern(this, segments);
  }

  /** The pattern that selects every key in every scope. */
  public Pattern everything() {
    return new Pattern(this, new String[definition.variables.size()]);
  }

  /**
   * What the texts of all keys in a scope begin with: {@code items:{7}:}.
   *
   * @param scope in its encoded form
   */
  public String keyPrefix(String scope) {
    return name() + ":{" + scope + "}:";
  }

  /** The segment of a value in this position. */
  String segment(int position, @Nullable Object value) {
    return definition.variables.get(position).segment(this, value);
  }

  int prefixLength(String scope) {
    return name().length() + scope.length() + 4;
  }

  Pattern base(String scope) {
    @Nullable String[] segments = new String[definition.variables.size()];
    segments[0] = scope;
    return new Pattern(this, segments);
  }

  List<Pattern> indexes(String[] segments) {
    List<Pattern> indexes = new ArrayList<>(definition.shapes.size());
    for (int shape : definition.shapes) {
      @Nullable String[] bound = new String[segments.length];
      for (int i = 0; i < segments.length; i++) {
        if ((shape & (1 << i)) != 0) {
          bound[i] = segments[i];
        }
      }
      indexes.add(new Pattern(this, bound));
    }
    return indexes;
  }

  boolean hasShape(int bound) {
    for (int shape : definition.shapes) {
      if (shape == bound) {
        return true;
      }
    }
    return false;
  }

  private Set<String> namesOf(int shape) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < definition.variables.size(); i++) {
      if ((shape & (1 << i)) != 0) {
        names.add(definition.variables.get(i).name());
      }
    }
    return names;
  }

  private void checkCount(@Nullable Object[] values) {
    if (values.length != definition.variables.size()) {
      throw new IllegalArgumentException(
          "family '%s' takes %d values %s, not %d"
              .formatted(name(), definition.variables.size(), variables(), values.length));
    }
  }

  /** Families are equal if all that the model says about them is. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Family family
            && hash == family.hash
            && definition.equals(family.definition));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return name();
  }

  /**
   * All that the model says about a family.
   *
   * @param shapes bit i is set if the index binds variable i
   */
  record Definition(
      String name,
      List<Variable> variables,
      Duration ttl,
      double jitter,
      Freshness freshness,
      int compressAbove,
      List<Integer> shapes) {}
}
