package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.Answer.Cause;
import dev.freshcut.coherentcache.Answer.Reason;
import dev.freshcut.coherentcache.Answer.Source;
import dev.freshcut.coherentcache.CacheListener.NotStored;
import dev.freshcut.coherentcache.Consistency.AtLeast;
import dev.freshcut.coherentcache.SnapshotSource.Loaded;
import dev.freshcut.coherentcache.StampedStore.Begun;
import dev.freshcut.coherentcache.StampedStore.Entry;
import dev.freshcut.coherentcache.StampedStore.Fill;
import dev.freshcut.coherentcache.model.CacheKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** {@link CoherentCache} over a {@link StampedStore}. */
final class RedisCache implements CoherentCache {
  private static final Logger log = LoggerFactory.getLogger(RedisCache.class);

  /** No floor is as low as this: any entry will do. */
  private static final long ANY = -1;

  /**
   * Whether this thread runs a loader. What a loader reads must come from its own snapshot: an
   * entry from an older one would be stored again under the newer floor.
   */
  private static final ThreadLocal<Boolean> LOADING = ThreadLocal.withInitial(() -> false);

  private static final Duration FIRST_POLL = Duration.ofMillis(2);
  private static final Duration LONGEST_POLL = Duration.ofMillis(50);

  private final GuardedStore store;
  private final SnapshotSource source;
  private final WatermarkGate gate;
  private final CacheSettings settings;
  private final CacheListener listener;
  private final JsonMapper json;
  private final Clock clock;
  private final ConcurrentHashMap<CacheKey, Flight<?>> flights = new ConcurrentHashMap<>();

  RedisCache(
      GuardedStore store,
      SnapshotSource source,
      WatermarkGate gate,
      CacheSettings settings,
      CacheListener listener,
      JsonMapper json,
      Clock clock) {
    this.store = store;
    this.source = source;
    this.gate = gate;
    this.settings = settings;
    this.listener = listener;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public <T extends @Nullable Object> Answer<T> get(
      CacheKey key, TypeReference<T> type, Consistency consistency, Callable<? extends T> loader) {
    long start = System.nanoTime();
    return told(
        key, new Read<T>(key, type, consistency, loader).answer(() -> store.read(key)), start);
  }

  @Override
  public <T extends @Nullable Object> List<Answer<T>> getAll(
      List<CacheKey> keys,
      TypeReference<T> type,
      Consistency consistency,
      IntFunction<? extends T> loader) {
    if (keys.size() > MOST_KEYS) {
      throw new IllegalArgumentException(
          keys.size() + " keys at once; at most " + MOST_KEYS + " are read together");
    }
    Entries entries = new Entries(keys);
    List<Answer<T>> answers = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      int index = i;
      long start = System.nanoTime();
      Read<T> read = new Read<>(keys.get(i), type, consistency, () -> loader.apply(index));
      answers.add(told(keys.get(i), read.answer(() -> entries.get(index)), start));
    }
    return answers;
  }

  /** Entries that are read together when the first of them is asked for, and only then. */
  private final class Entries {
    private final List<CacheKey> keys;
    private @Nullable List<@Nullable Entry> read;
    private @Nullable CacheUnavailableException failure;

    Entries(List<CacheKey> keys) {
      this.keys = keys;
    }

    @Nullable Entry get(int index) {
      if (failure != null) {
        throw failure;
      }
      if (read == null) {
        try {
          read = store.readAll(keys);
        } catch (CacheUnavailableException e) {
          failure = e;
          throw e;
        }
      }
      return read.get(index);
    }
  }

  private <A extends Answer<?>> A told(CacheKey key, A answer, long start) {
    listener.answered(key.family(), answer.source(), Duration.ofNanos(System.nanoTime() - start));
    return answer;
  }

  @Override
  public Optional<Cause> bypassing() {
    if (store.leftAlone()) {
      return Optional.of(Cause.REDIS);
    }
    return gate.open() ? Optional.empty() : Optional.of(Cause.WATERMARK);
  }

  /** One call of {@link #get}. */
  private final class Read<T extends @Nullable Object> {
    private final CacheKey key;
    private final TypeReference<T> type;
    private final Consistency consistency;
    private final Callable<? extends T> loader;

    /** The entry must contain this transaction; {@link #ANY} if any entry will do. */
    private final long token;

    /** An entry will do if its floor is above this. */
    private long newerThan;

    private Reason reason = Reason.ABSENT;

    Read(
        CacheKey key,
        TypeReference<T> type,
        Consistency consistency,
        Callable<? extends T> loader) {
      this.key = key;
      this.type = type;
      this.consistency = consistency;
      this.loader = loader;
      this.token = consistency instanceof AtLeast atLeast ? atLeast.xid() : ANY;
      this.newerThan = Math.max(token, gate.evictedAllScopes(key.family()));
    }

    /** The answer, with the entry read when it is to be. */
    Answer<T> answer(Supplier<@Nullable Entry> stored) {
      if (LOADING.get() || source.insideReadWriteTransaction()) {
        return loaded(unstamped(), new Source.Bypass(Cause.TRANSACTION));
      }
      if (consistency instanceof Consistency.Strong) {
        return loaded(load().value(), new Source.Bypass(Cause.REQUESTED));
      }
      if (!gate.open()) {
        return loaded(load().value(), new Source.Bypass(Cause.WATERMARK));
      }
      if (key.text().length() > settings.maxKeyBytes()) {
        listener.notStored(key.family(), NotStored.KEY_TOO_LONG);
        return loaded(load().value(), new Source.Miss(Reason.ABSENT, false));
      }
      @Nullable Entry entry;
      try {
        entry = stored.get();
      } catch (CacheUnavailableException e) {
        return loaded(load().value(), new Source.Bypass(Cause.REDIS));
      }
      Answer<T> hit = hit(entry);
      return hit != null ? hit : miss();
    }

    /** The answer that an entry gives; null if it will not do. */
    private @Nullable Answer<T> hit(@Nullable Entry entry) {
      if (entry == null) {
        return null;
      }
      if (entry.floor() <= newerThan) {
        reason = Reason.TOO_OLD;
        return null;
      }
      try {
        T value = json.readValue(entry.json(), type);
        Instant now = clock.instant();
        return new Answer<>(
            value,
            new Source.Hit(),
            atLeastZero(Duration.between(entry.loadedAt(), now)),
            atLeastZero(Duration.between(now, entry.expiresAt())));
      } catch (JacksonException e) {
        log.warn("entry {} is not of the type now expected; it is loaded anew", key.text(), e);
        reason = Reason.UNREADABLE;
        newerThan = Xid.MAX;
        return null;
      }
    }

    private Answer<T> miss() {
      Flight<T> own = new Flight<>(settings.lease());
      Flight<?> other =
          flights.compute(key, (k, flying) -> flying != null && flying.joinable() ? flying : own);
      if (other != own) {
        return join(other);
      }
      try {
        Flight.Landed<T> landed = fly();
        own.land(landed);
        return landed.answer();
      } catch (SnapshotBehindException e) {
        // It is this reader's demand that can't be met, not that of those who joined.
        own.abandon();
        throw e;
      } catch (RuntimeException | Error e) {
        own.crash(e);
        throw e;
      } finally {
        flights.remove(key, own);
      }
    }

    @SuppressWarnings("unchecked") // callers of one key ask for one type
    private Answer<T> join(Flight<?> other) {
      Flight.Landed<T> landed = ((Flight<T>) other).await();
      if (landed == null || (token != ANY && !landed.contains().test(token))) {
        return loaded(load().value(), new Source.Miss(reason, false));
      }
      return landed.answer();
    }

    private Flight.Landed<T> fly() {
      String claimant = UUID.randomUUID().toString();
      long deadline = System.nanoTime() + settings.lease().toNanos();
      long pause = FIRST_POLL.toNanos();
      while (true) {
        Begun begun;
        try {
          begun = store.begin(key, claimant, newerThan);
        } catch (CacheUnavailableException e) {
          Loaded<T> loaded = load();
          return landed(loaded, new Source.Bypass(Cause.REDIS));
        }
        switch (begun) {
          case Begun.Found found -> {
            Answer<T> hit = hit(found.entry());
            if (hit != null) {
              return new Flight.Landed<>(hit, xid -> xid < found.entry().floor());
            }
          }
          case Begun.Granted granted -> {
            return loadAndFill(claimant);
          }
          case Begun.Held held -> {
            long left = Math.min(deadline - System.nanoTime(), held.remaining().toNanos());
            if (left <= 0) {
              return loadAndFill(claimant);
            }
            LockSupport.parkNanos(Math.min(pause, left));
            pause = Math.min(pause * 2, LONGEST_POLL.toNanos());
          }
        }
      }
    }

    private Flight.Landed<T> loadAndFill(String claimant) {
      long horizon = gate.horizon();
      boolean stored = false;
      boolean released = false;
      try {
        Instant loadedAt = clock.instant();
        long start = System.nanoTime();
        Loaded<T> loaded = load();
        byte[] bytes = json.writeValueAsBytes(loaded.value());
        if (System.nanoTime() - start > settings.maxLoadTime().toNanos()) {
          listener.notStored(key.family(), NotStored.LOAD_TOO_SLOW);
        } else if (bytes.length > settings.maxValueBytes()) {
          listener.notStored(key.family(), NotStored.VALUE_TOO_LARGE);
        } else if (loaded.snapshot().floor() <= gate.evictedAllScopes(key.family())
            || loaded.snapshot().floor() < horizon) {
          listener.fillRefused(key.family(), Fill.EVICTED);
        } else {
          released = true;
          stored = fill(claimant, bytes, loaded.snapshot().floor(), loadedAt);
        }
        return landed(loaded, new Source.Miss(reason, stored));
      } finally {
        if (!released) {
          release(claimant);
        }
      }
    }

    private boolean fill(String claimant, byte[] bytes, long floor, Instant loadedAt) {
      try {
        Fill fill = store.fill(key, claimant, bytes, floor, loadedAt);
        if (fill == Fill.STORED) {
          return true;
        }
        listener.fillRefused(key.family(), fill);
      } catch (CacheUnavailableException e) {
        log.debug("fill of {} failed; the value is returned, not stored", key.text(), e);
      }
      return false;
    }

    private void release(String claimant) {
      try {
        store.release(key, claimant);
      } catch (CacheUnavailableException e) {
        log.debug("lease of {} not released; it ends by itself", key.text(), e);
      }
    }

    private Flight.Landed<T> landed(Loaded<T> loaded, Source from) {
      return new Flight.Landed<>(loaded(loaded.value(), from), loaded.snapshot()::contains);
    }

    private Answer<T> loaded(T value, Source from) {
      return new Answer<>(value, from, Duration.ZERO, null);
    }

    private Loaded<T> load() {
      Loaded<T> loaded;
      LOADING.set(true);
      try {
        loaded = source.load(loader::call);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new CacheLoadException("loading " + key.text() + ": " + e.getMessage(), e);
      } finally {
        LOADING.remove();
      }
      if (token != ANY && !loaded.snapshot().contains(token)) {
        throw new SnapshotBehindException(token, loaded.snapshot());
      }
      return loaded;
    }

    private T unstamped() {
      try {
        return loader.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new CacheLoadException("loading " + key.text() + ": " + e.getMessage(), e);
      }
    }
  }

  private static Duration atLeastZero(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
