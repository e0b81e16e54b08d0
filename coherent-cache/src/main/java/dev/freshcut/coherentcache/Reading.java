package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.Answer.Cause;
import dev.freshcut.coherentcache.Answer.Reason;
import dev.freshcut.coherentcache.Answer.Source;
import dev.freshcut.coherentcache.CacheListener.NotStored;
import dev.freshcut.coherentcache.Consistency.AtLeast;
import dev.freshcut.coherentcache.StampedStore.Begun;
import dev.freshcut.coherentcache.StampedStore.Entry;
import dev.freshcut.coherentcache.StampedStore.Fill;
import dev.freshcut.coherentcache.StampedStore.Value;
import dev.freshcut.coherentcache.StampedStore.Wanted;
import dev.freshcut.coherentcache.model.CacheKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * One read of some keys: what the cache has is taken from there, the rest is loaded together.
 *
 * <p>A key is loaded by one reader at a time: within a process by its {@link Flight}, across
 * processes by its lease. A reader loads what nobody else does, lands those flights, and only then
 * waits for those of others: two readers never wait for each other.
 */
final class Reading<T extends @Nullable Object> {
  private static final Logger log = LoggerFactory.getLogger(Reading.class);

  /** No floor is as low as this: any entry will do. */
  private static final long ANY = -1;

  /**
   * Whether this thread runs a loader. What a loader reads must come from its own snapshot: an
   * entry from an older one would be stored again under the newer floor.
   */
  private static final ThreadLocal<Boolean> LOADING = ThreadLocal.withInitial(() -> false);

  private static final Duration FIRST_POLL = Duration.ofMillis(2);
  private static final Duration LONGEST_POLL = Duration.ofMillis(50);

  private final RedisCache.Parts parts;
  private final TypeReference<T> type;
  private final Consistency consistency;
  private final CoherentCache.Loader<T> loader;
  private final List<Item> items;
  private final long start = System.nanoTime();

  /** Entries must contain this transaction; {@link #ANY} if any entry will do. */
  private final long token;

  Reading(
      RedisCache.Parts parts,
      List<CacheKey> keys,
      TypeReference<T> type,
      Consistency consistency,
      CoherentCache.Loader<T> loader) {
    this.parts = parts;
    this.type = type;
    this.consistency = consistency;
    this.loader = loader;
    this.token = consistency instanceof AtLeast atLeast ? atLeast.xid() : ANY;
    this.items = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      items.add(new Item(i, keys.get(i)));
    }
  }

  /** One of the keys. */
  private final class Item {
    private final int position;
    private final CacheKey key;

    private boolean unreadable;
    private Reason reason = Reason.ABSENT;
    private @Nullable Flight<T> flight;
    private @Nullable Answer<T> answer;

    Item(int position, CacheKey key) {
      this.position = position;
      this.key = key;
    }

    /** An entry will do if its floor is above this. */
    long newerThan() {
      return unreadable ? Xid.MAX : Math.max(token, parts.gate().evictedAllScopes(key.family()));
    }

    void answer(Answer<T> found) {
      answer = found;
      parts
          .listener()
          .answered(key.family(), found.source(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** Takes the entry, unless it will not do. */
    boolean take(@Nullable Entry entry) {
      if (entry == null) {
        return false;
      }
      if (entry.floor() <= newerThan()) {
        reason = Reason.TOO_OLD;
        return false;
      }
      try {
        T value = parts.json().readValue(entry.json(), type);
        Instant now = parts.clock().instant();
        answer(
            new Answer<>(
                value,
                new Source.Hit(),
                atLeastZero(Duration.between(entry.loadedAt(), now)),
                atLeastZero(Duration.between(now, entry.expiresAt()))));
        return true;
      } catch (JacksonException e) {
        log.warn("entry {} is not of the type now expected; it is loaded anew", key.text(), e);
        reason = Reason.UNREADABLE;
        unreadable = true;
        return false;
      }
    }

    /** Takes what another reader of this process has loaded, unless it will not do. */
    boolean take(Flight.@Nullable Landed<T> landed) {
      if (landed == null || (token != ANY && !landed.contains().test(token))) {
        return false;
      }
      answer(landed.answer());
      return true;
    }
  }

  private static Duration atLeastZero(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  List<Answer<T>> answers() {
    answerAll();
    List<Answer<T>> answers = new ArrayList<>(items.size());
    for (Item item : items) {
      answers.add(Objects.requireNonNull(item.answer, item.key::text));
    }
    return answers;
  }

  private void answerAll() {
    if (items.isEmpty()) {
      return;
    }
    if (LOADING.get() || parts.source().insideReadWriteTransaction()) {
      bypass(items, values(items), Cause.TRANSACTION);
      return;
    }
    if (consistency instanceof Consistency.Strong) {
      bypass(items, load(items).value(), Cause.REQUESTED);
      return;
    }
    if (!parts.gate().open()) {
      bypass(items, load(items).value(), Cause.WATERMARK);
      return;
    }
    List<Item> keyed = new ArrayList<>(items.size());
    List<Item> tooLong = new ArrayList<>();
    for (Item item : items) {
      (item.key.text().length() > parts.settings().maxKeyBytes() ? tooLong : keyed).add(item);
    }
    List<Item> missing = keyed.isEmpty() ? List.of() : read(keyed);
    if (!missing.isEmpty()) {
      fetch(missing, true);
    }
    if (!tooLong.isEmpty()) {
      tooLong.forEach(
          item -> parts.listener().notStored(item.key.family(), NotStored.KEY_TOO_LONG));
      loadForMyself(tooLong);
    }
  }

  /** Takes what is cached; returns the rest. */
  private List<Item> read(List<Item> keyed) {
    List<@Nullable Entry> entries;
    try {
      entries = parts.store().read(keys(keyed));
    } catch (CacheUnavailableException e) {
      bypass(keyed, load(keyed).value(), Cause.REDIS);
      return List.of();
    }
    List<Item> missing = new ArrayList<>();
    for (int i = 0; i < keyed.size(); i++) {
      if (!keyed.get(i).take(entries.get(i))) {
        missing.add(keyed.get(i));
      }
    }
    return missing;
  }

  /**
   * Gets what is missing.
   *
   * @param again whether to look again, once, for flights in the place of abandoned ones
   */
  @SuppressWarnings("unchecked") // callers of one key ask for one type
  private void fetch(List<Item> missing, boolean again) {
    List<Item> own = new ArrayList<>();
    List<Item> others = new ArrayList<>();
    for (Item item : missing) {
      Flight<T> mine = new Flight<>(parts.settings().lease());
      Flight<?> flying =
          parts
              .flights()
              .compute(item.key, (k, other) -> other != null && other.joinable() ? other : mine);
      item.flight = (Flight<T>) flying;
      (flying == mine ? own : others).add(item);
    }
    if (!own.isEmpty()) {
      fly(own);
    }
    List<Item> abandoned = new ArrayList<>();
    List<Item> unmet = new ArrayList<>();
    for (Item item : others) {
      if (!item.take(flight(item).await())) {
        (again && flight(item).isAbandoned() ? abandoned : unmet).add(item);
      }
    }
    if (!abandoned.isEmpty()) {
      fetch(abandoned, false);
    }
    if (!unmet.isEmpty()) {
      loadForMyself(unmet);
    }
  }

  private Flight<T> flight(Item item) {
    return Objects.requireNonNull(item.flight);
  }

  /** Loads what this reader is the first of the process to want, and lands it. */
  private void fly(List<Item> own) {
    try {
      String claimant = UUID.randomUUID().toString();
      long patience = parts.settings().lease().toNanos();
      long pause = FIRST_POLL.toNanos();
      Left<Item> left = begin(own, claimant);
      while (!left.items().isEmpty()) {
        if (patience <= 0) {
          loadAndFill(left.items(), claimant);
          return;
        }
        if (!left.firstFree().isZero()) {
          long wait = Math.min(Math.min(pause, patience), left.firstFree().toNanos());
          LockSupport.parkNanos(wait);
          patience -= wait;
          pause = Math.min(pause * 2, LONGEST_POLL.toNanos());
        }
        left = begin(left.items(), claimant);
      }
    } catch (SnapshotBehindException e) {
      // It is this reader's demand that can't be met, not that of those who joined.
      own.forEach(item -> flight(item).abandon());
      throw e;
    } catch (RuntimeException | Error e) {
      // Of several, who joined for one does not get what another may have failed with.
      own.forEach(own.size() == 1 ? item -> flight(item).crash(e) : item -> flight(item).abandon());
      throw e;
    } finally {
      own.forEach(item -> parts.flights().remove(item.key, flight(item)));
    }
  }

  /**
   * What is still to be begun.
   *
   * @param firstFree after which time one of them can be had; zero at once
   */
  private record Left<I>(List<I> items, Duration firstFree) {}

  /** Takes or loads each item but those that are another process' to load. */
  private Left<Item> begin(List<Item> wanted, String claimant) {
    List<Begun> begun;
    try {
      begun =
          parts
              .store()
              .begin(
                  wanted.stream().map(item -> new Wanted(item.key, item.newerThan())).toList(),
                  claimant);
    } catch (CacheUnavailableException e) {
      // Redis may have granted what it was too slow to say.
      release(wanted, claimant);
      land(wanted, load(wanted), new Source.Bypass(Cause.REDIS));
      return new Left<>(List.of(), Duration.ZERO);
    }
    List<Item> granted = new ArrayList<>();
    List<Item> left = new ArrayList<>();
    Duration firstFree = parts.settings().lease();
    for (int i = 0; i < wanted.size(); i++) {
      Item item = wanted.get(i);
      switch (begun.get(i)) {
        case Begun.Found found -> {
          if (item.take(found.entry())) {
            long floor = found.entry().floor();
            flight(item).land(new Flight.Landed<>(answerOf(item), xid -> xid < floor));
          } else {
            left.add(item);
            firstFree = Duration.ZERO;
          }
        }
        case Begun.Granted g -> granted.add(item);
        case Begun.Held held -> {
          left.add(item);
          firstFree = held.remaining().compareTo(firstFree) < 0 ? held.remaining() : firstFree;
        }
      }
    }
    if (!granted.isEmpty()) {
      loadAndFill(granted, claimant);
    }
    return new Left<>(left, firstFree);
  }

  private Answer<T> answerOf(Item item) {
    return Objects.requireNonNull(item.answer);
  }

  private void loadAndFill(List<Item> granted, String claimant) {
    Set<Item> unfilled = new LinkedHashSet<>(granted);
    try {
      long horizon = parts.gate().horizon();
      Instant loadedAt = parts.clock().instant();
      long began = System.nanoTime();
      SnapshotSource.Loaded<List<? extends T>> loaded = load(granted);
      List<Item> storable = new ArrayList<>();
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < granted.size(); i++) {
        Item item = granted.get(i);
        byte[] json = parts.json().writeValueAsBytes(loaded.value().get(i));
        if (System.nanoTime() - began > parts.settings().maxLoadTime().toNanos()) {
          parts.listener().notStored(item.key.family(), NotStored.LOAD_TOO_SLOW);
        } else if (json.length > parts.settings().maxValueBytes()) {
          parts.listener().notStored(item.key.family(), NotStored.VALUE_TOO_LARGE);
        } else if (loaded.snapshot().floor() <= parts.gate().evictedAllScopes(item.key.family())
            || loaded.snapshot().floor() < horizon) {
          parts.listener().fillRefused(item.key.family(), Fill.EVICTED);
        } else {
          storable.add(item);
          values.add(new Value(item.key, json));
        }
      }
      storable.forEach(unfilled::remove);
      Set<Item> stored = fill(storable, values, claimant, loaded.snapshot().floor(), loadedAt);
      for (int i = 0; i < granted.size(); i++) {
        Item item = granted.get(i);
        land(
            item,
            loaded.value().get(i),
            loaded.snapshot(),
            new Source.Miss(item.reason, stored.contains(item)));
      }
    } finally {
      release(List.copyOf(unfilled), claimant);
    }
  }

  /** Returns those that were stored. */
  private Set<Item> fill(
      List<Item> storable, List<Value> values, String claimant, long floor, Instant loadedAt) {
    Set<Item> stored = new HashSet<>();
    if (!values.isEmpty()) {
      try {
        List<Fill> fills = parts.store().fill(values, claimant, floor, loadedAt);
        for (int i = 0; i < fills.size(); i++) {
          if (fills.get(i) == Fill.STORED) {
            stored.add(storable.get(i));
          } else {
            parts.listener().fillRefused(storable.get(i).key.family(), fills.get(i));
          }
        }
      } catch (CacheUnavailableException e) {
        log.debug("fill of {} failed; the values are returned, not stored", names(storable), e);
      }
    }
    return stored;
  }

  private void release(List<Item> claimed, String claimant) {
    if (!claimed.isEmpty()) {
      try {
        parts.store().release(keys(claimed), claimant);
      } catch (CacheUnavailableException e) {
        log.debug("leases of {} not released; they end by themselves", names(claimed), e);
      }
    }
  }

  private void land(
      List<Item> loaded, SnapshotSource.Loaded<List<? extends T>> values, Source from) {
    for (int i = 0; i < loaded.size(); i++) {
      land(loaded.get(i), values.value().get(i), values.snapshot(), from);
    }
  }

  private void land(Item item, T value, Snapshot snapshot, Source from) {
    Answer<T> answer = new Answer<>(value, from, Duration.ZERO, null);
    item.answer(answer);
    flight(item).land(new Flight.Landed<>(answer, snapshot::contains));
  }

  /** Loads what nobody else is to get. */
  private void loadForMyself(List<Item> wanted) {
    List<? extends T> values = load(wanted).value();
    for (int i = 0; i < wanted.size(); i++) {
      Item item = wanted.get(i);
      item.answer(
          new Answer<>(values.get(i), new Source.Miss(item.reason, false), Duration.ZERO, null));
    }
  }

  private void bypass(List<Item> wanted, List<? extends T> values, Cause cause) {
    for (int i = 0; i < wanted.size(); i++) {
      wanted
          .get(i)
          .answer(new Answer<>(values.get(i), new Source.Bypass(cause), Duration.ZERO, null));
    }
  }

  private SnapshotSource.Loaded<List<? extends T>> load(List<Item> wanted) {
    SnapshotSource.Loaded<List<? extends T>> loaded;
    LOADING.set(true);
    try {
      loaded = parts.source().<List<? extends T>>load(() -> values(wanted));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw failed(wanted, e);
    } finally {
      LOADING.remove();
    }
    if (token != ANY && !loaded.snapshot().contains(token)) {
      throw new SnapshotBehindException(token, loaded.snapshot());
    }
    return loaded;
  }

  private List<? extends T> values(List<Item> wanted) {
    List<? extends T> values;
    try {
      values = loader.load(wanted.stream().map(item -> item.position).toList());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw failed(wanted, e);
    }
    if (values.size() != wanted.size()) {
      throw new IllegalStateException(
          "the loader returned %d values for %d keys".formatted(values.size(), wanted.size()));
    }
    return values;
  }

  private CacheLoadException failed(List<Item> wanted, Exception e) {
    return new CacheLoadException("loading " + names(wanted) + ": " + e.getMessage(), e);
  }

  private List<CacheKey> keys(List<Item> of) {
    return of.stream().map(item -> item.key).toList();
  }

  /** For messages. */
  private String names(List<Item> of) {
    String first = of.getFirst().key.text();
    return of.size() == 1 ? first : first + " and " + (of.size() - 1) + " others";
  }
}
