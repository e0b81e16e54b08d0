package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Pattern;
import dev.freshcut.redisaccess.RedisCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.options.KeysScanOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Evictor} over Redis. */
final class RedisEvictor implements Evictor {
  private static final Logger log = LoggerFactory.getLogger(RedisEvictor.class);

  /** Patterns in one script call: keeps one call well below a millisecond. */
  private static final int PATTERNS_PER_CALL = 32;

  private static final int CALLS_PER_PIPELINE = 1_000;
  private static final int ENTRIES_PER_CALL = 500;
  private static final int SCAN_CHUNK = 1_000;

  private final RedisCalls redis;
  private final Keys keys;
  private final CacheModel model;
  private final RedisProgress progress;
  private final WatermarkHash watermark;
  private final CacheListener listener;

  RedisEvictor(RedisCalls redis, Keys keys, CacheModel model, CacheListener listener) {
    this.redis = redis;
    this.keys = keys;
    this.model = model;
    this.progress = new RedisProgress(redis, keys);
    this.watermark = new WatermarkHash(redis, keys);
    this.listener = listener;
  }

  @Override
  public long evict(Collection<Eviction> evictions, Progress progress) {
    long start = System.nanoTime();
    String server = progress.equals(Progress.NONE) ? null : this.progress.server();
    List<Target> targets = new ArrayList<>();
    coalesce(evictions).forEach((pattern, xid) -> addTargets(pattern, xid, targets));
    long removed = apply(targets);
    // INVARIANT: recorded only once Redis has confirmed every eviction. In one pipeline with them a
    // refused script would leave its eviction undone and the progress recorded. And only on the
    // same server: a restarted one may have come back from before the evictions.
    if (server != null) {
      this.progress.record(progress, server);
    }
    if (!targets.isEmpty()) {
      listener.evicted(targets.size(), removed, Duration.ofNanos(System.nanoTime() - start));
    }
    return removed;
  }

  @Override
  public long evictEverything(long xid) {
    long start = System.nanoTime();
    List<Target> targets = new ArrayList<>();
    // Before the scan: readers then refuse what the scan can't see yet.
    watermark.raiseMark(WatermarkHash.EVERYTHING, Xid.check(xid));
    addBases(keys.allIndexes(), xid, targets);
    long removed = apply(targets);
    listener.evicted(targets.size(), removed, Duration.ofNanos(System.nanoTime() - start));
    return removed;
  }

  private static Map<Pattern, Long> coalesce(Collection<Eviction> evictions) {
    Map<Pattern, Long> highest = new HashMap<>();
    for (Eviction eviction : evictions) {
      highest.merge(eviction.pattern(), eviction.xid(), Math::max);
    }
    return highest;
  }

  private void addTargets(Pattern pattern, long xid, List<Target> targets) {
    if (pattern.reachesEveryScope()) {
      watermark.raiseMark(pattern.family().name(), xid);
      addBases(keys.indexesOf(pattern.family()), xid, targets);
    } else {
      targets.add(
          new Target(
              keys.index(pattern.base()),
              keys.index(pattern),
              keys.entryPrefix(pattern),
              xid,
              pattern));
    }
  }

  /** A scope that is registered after the scan has begun reads its snapshot later than that. */
  private void addBases(String glob, long xid, List<Target> targets) {
    KeysScanOptions options = KeysScanOptions.defaults().pattern(glob).chunkSize(SCAN_CHUNK);
    try {
      for (String index : redis.redisson().getKeys().getKeys(options)) {
        if (keys.isBase(index)) {
          targets.add(new Target(index, index, keys.entryPrefixOf(index), xid, null));
        }
      }
    } catch (RuntimeException e) {
      throw new CacheUnavailableException("SCAN " + glob + ": " + e.getMessage(), e);
    }
  }

  private long apply(List<Target> targets) {
    long removed = 0;
    List<Target> rest = targets;
    while (!rest.isEmpty()) {
      List<Target> unfinished = new ArrayList<>();
      for (List<List<Target>> pipeline : slices(calls(rest), CALLS_PER_PIPELINE)) {
        removed += run(pipeline, unfinished);
      }
      rest = unfinished;
    }
    return removed;
  }

  /** Groups what one script call can do: patterns of one family in one scope. */
  private static List<List<Target>> calls(List<Target> targets) {
    Map<String, List<Target>> byBase = new HashMap<>();
    for (Target target : targets) {
      byBase.computeIfAbsent(target.base, base -> new ArrayList<>()).add(target);
    }
    List<List<Target>> calls = new ArrayList<>();
    byBase.values().forEach(group -> calls.addAll(slices(group, PATTERNS_PER_CALL)));
    return calls;
  }

  private static <T> List<List<T>> slices(List<T> list, int size) {
    List<List<T>> slices = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      slices.add(list.subList(from, Math.min(list.size(), from + size)));
    }
    return slices;
  }

  private long run(List<List<Target>> calls, List<Target> unfinished) {
    List<List<?>> replies =
        redis.scripts(Scripts.EVICT, ReturnType.LIST, calls.stream().map(this::call).toList());
    long removed = 0;
    for (int i = 0; i < calls.size(); i++) {
      List<?> reply = replies.get(i);
      if (reply.isEmpty()) {
        continue;
      }
      boolean foreign = (Long) reply.get(0) == 1;
      for (int j = 0; j < calls.get(i).size(); j++) {
        Target target = calls.get(i).get(j);
        removed += (Long) reply.get(1 + 2 * j);
        if ((Long) reply.get(2 + 2 * j) == 1) {
          unfinished.add(target);
        } else if (target.pattern != null
            && !target.index.equals(target.base)
            && (foreign || !target.pattern.shapeIsKnown())) {
          removed += evictMatching(target, target.pattern);
        }
      }
    }
    return removed;
  }

  private RedisCalls.Call call(List<Target> targets) {
    List<Object> names = new ArrayList<>(targets.size() + 1);
    List<Object> arguments = new ArrayList<>(targets.size() + 3);
    names.add(targets.get(0).base);
    arguments.add(targets.get(0).prefix);
    arguments.add(model.fingerprint());
    arguments.add(ENTRIES_PER_CALL);
    for (Target target : targets) {
      names.add(target.index);
      arguments.add(target.xid);
    }
    return new RedisCalls.Call(names, arguments);
  }

  private long evictMatching(Target target, Pattern pattern) {
    log.debug(
        "entries of another cache model version in {}; scanning it for {}",
        target.base,
        target.index);
    long removed = 0;
    String cursor = "0";
    do {
      List<Object> reply =
          redis.script(
              Scripts.EVICT_MATCHING,
              ReturnType.LIST,
              List.of(target.base),
              target.prefix,
              target.xid,
              luaPattern(pattern),
              Math.max(0, pattern.segments().size() - 2),
              cursor,
              SCAN_CHUNK);
      cursor = RedisCalls.text(reply.get(0));
      removed += (Long) reply.get(1);
    } while (!cursor.equals("0"));
    return removed;
  }

  /** Matches the members that a pattern selects; every segment but the scope's. */
  static String luaPattern(Pattern pattern) {
    StringBuilder lua = new StringBuilder("^");
    List<@Nullable String> segments = pattern.segments();
    for (int i = 1; i < segments.size(); i++) {
      String segment = segments.get(i);
      lua.append(i == 1 ? "" : ":")
          .append(segment == null ? "[^:]*" : segment.replaceAll("([^A-Za-z0-9])", "%$1"));
    }
    return lua.append("$").toString();
  }

  private record Target(
      String base, String index, String prefix, long xid, @Nullable Pattern pattern) {}
}
