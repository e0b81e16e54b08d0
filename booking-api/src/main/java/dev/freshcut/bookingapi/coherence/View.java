package dev.freshcut.bookingapi.coherence;

import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Consistency;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Family;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/**
 * A cached view: a family of the cache model, the type of its values, and how a value is loaded.
 * What a value says must depend on its key and on the database only: neither on the clock nor on
 * who asks. Entries are evicted by the model's rules, never by calls.
 *
 * @param <K> what a value is of, such as a location and a date
 * @param <T> type of the values
 */
public final class View<K, T> {
  private final CoherentCache cache;
  private final Family family;
  private final TypeReference<T> type;
  private final Segments<K> segments;
  private final BulkLoader<K, T> loader;

  private View(
      CoherentCache cache,
      Family family,
      TypeReference<T> type,
      Segments<K> segments,
      BulkLoader<K, T> loader) {
    this.cache = cache;
    this.family = family;
    this.type = type;
    this.segments = segments;
    this.loader = loader;
  }

  /** Which values the family's key template takes. */
  @FunctionalInterface
  public interface Segments<K> {
    /** In the template's order. */
    Object[] of(K key);
  }

  /** Loads a value from the database, in the transaction that it is called in. */
  @FunctionalInterface
  public interface Loader<K, T> {
    /** The value of a key. */
    T load(K key);
  }

  /** Loads several values at once, in the transaction that it is called in. */
  @FunctionalInterface
  public interface BulkLoader<K, T> {
    /** A value for each key, in their order. */
    List<T> load(List<K> keys);
  }

  /** The value, from the cache or from the database. */
  public Answer<T> get(K key, Consistency consistency) {
    return cache.get(
        family.key(segments.of(key)),
        type,
        consistency,
        () -> loader.load(List.of(key)).getFirst());
  }

  /** The values of several keys, asked of the cache together, and loaded together if need be. */
  public List<Answer<T>> getAll(List<K> keys, Consistency consistency) {
    List<Answer<T>> answers = new ArrayList<>(keys.size());
    for (int from = 0; from < keys.size(); from += CoherentCache.MOST_KEYS) {
      List<K> some = keys.subList(from, Math.min(keys.size(), from + CoherentCache.MOST_KEYS));
      answers.addAll(
          cache.getAll(
              some.stream().map(key -> family.key(segments.of(key))).toList(),
              type,
              consistency,
              which -> loader.load(which.stream().map(some::get).toList())));
    }
    return answers;
  }

  /** An answer that was read from the database, as the reader wanted. */
  public static <R> Answer<R> fromDatabase(R value) {
    return new Answer<>(
        value, new Answer.Source.Bypass(Answer.Cause.REQUESTED), Duration.ZERO, null);
  }

  /** Makes views, once the model is known to fit the database. */
  @Component
  public static final class Views {
    private final CoherentCache cache;
    private final CacheModel model;

    /** The check is wanted only to have passed. */
    Views(CoherentCache cache, CacheModel model, CapturedTablesCheck passed) {
      this.cache = cache;
      this.model = model;
    }

    /** A view on a family of the model. */
    public <K, T> View<K, T> of(
        String family, TypeReference<T> type, Segments<K> segments, Loader<K, T> loader) {
      return ofMany(family, type, segments, keys -> keys.stream().map(loader::load).toList());
    }

    /** The same, whose values are loaded together. */
    public <K, T> View<K, T> ofMany(
        String family, TypeReference<T> type, Segments<K> segments, BulkLoader<K, T> loader) {
      return new View<>(cache, model.family(family), type, segments, loader);
    }
  }
}
