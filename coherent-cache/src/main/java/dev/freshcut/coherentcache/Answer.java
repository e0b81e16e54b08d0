package dev.freshcut.coherentcache;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value and how it was come by.
 *
 * @param value what the loader returned, now or when the entry was filled; null if it returned null
 * @param source where the value is from
 * @param age time since it was loaded; zero unless it was a hit
 * @param ttl time that the entry has left; null unless it was a hit
 */
public record Answer<T extends @Nullable Object>(
    T value, Source source, Duration age, @Nullable Duration ttl) {

  /** This answer with a value made from its own. */
  public <R extends @Nullable Object> Answer<R> map(Function<? super T, ? extends R> mapping) {
    return new Answer<>(mapping.apply(value), source, age, ttl);
  }

  /** Where a value is from. */
  public sealed interface Source {
    /** From the cache. */
    record Hit() implements Source {}

    /**
     * Loaded, because the cache had no entry that would do.
     *
     * @param reason why
     * @param stored whether the value may now be read from the cache by others
     */
    record Miss(Reason reason, boolean stored) implements Source {}

    /** Loaded without asking the cache. */
    record Bypass(Cause cause) implements Source {}
  }

  /** Why an entry would not do. */
  public enum Reason {
    /** No entry under the key. */
    ABSENT,
    /**
     * The entry is from before the transaction that the reader named, or that evicted all scopes.
     */
    TOO_OLD,
    /** The entry's JSON is not of the expected type. */
    UNREADABLE
  }

  /** Why the cache was not asked. */
  public enum Cause {
    /** The reader asked for {@link Consistency#STRONG}. */
    REQUESTED,
    /** The caller is inside a read-write transaction, or inside the loader of another entry. */
    TRANSACTION,
    /** The invalidation watermark is older than its bound. */
    WATERMARK,
    /** Redis is slow or away. */
    REDIS
  }
}
