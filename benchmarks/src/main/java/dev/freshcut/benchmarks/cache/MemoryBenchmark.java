package dev.freshcut.benchmarks.cache;

import dev.freshcut.benchmarks.measure.Spread;
import dev.freshcut.benchmarks.report.Benchmark;
import dev.freshcut.benchmarks.report.Chart;
import dev.freshcut.benchmarks.report.Claim;
import dev.freshcut.benchmarks.report.Figures;
import dev.freshcut.benchmarks.report.Result;
import dev.freshcut.benchmarks.report.Table;
import dev.freshcut.embeddedstack.Servers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;

/** Memory that stamps and indexes take, against the same values as plain strings. */
public final class MemoryBenchmark implements Benchmark {
  private static final double LIMIT = 400;

  private final Clock clock;
  private final Sizes sizes;

  /** Creates the benchmark. */
  public MemoryBenchmark(Clock clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param entries of the whole cache
   * @param groupSizes entries that share their narrowest index, each measured by itself
   */
  public record Sizes(int entries, List<Integer> groupSizes) {
    /** Enough for steady figures. */
    public static Sizes full() {
      return new Sizes(150_000, List.of(1, 10, 150));
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(300, List.of(10, 150));
    }
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    List<Claim> claims = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    List<Double> candidates = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    Map<String, Object> raw = new LinkedHashMap<>();
    for (int groupSize : sizes.groupSizes) {
      progress.say(groupSize + " entries share their narrowest index");
      double plain = plainBytes(servers, groupSize);
      double indexed = indexedBytes(servers, groupSize);
      String label = groupSize + (groupSize == 1 ? " entry" : " entries") + " an index";
      raw.put(label, Map.of("plain", plain, "indexed", indexed));
      Spread extra = new Spread(indexed - plain, indexed - plain, indexed - plain, 1);
      claims.add(
          new Claim(
              "memory of stamp and three indexes, " + label,
              extra,
              "bytes an entry",
              Claim.Bound.AT_MOST,
              LIMIT));
      groups.add(label);
      candidates.add(indexed);
      references.add(plain);
      rows.add(
          List.of(
              label,
              Figures.text(Math.rint(indexed)),
              Figures.text(Math.rint(plain)),
              Figures.text(Math.rint(extra.median()))));
    }
    return new Result(
        name(),
        "Memory of stamps and indexes",
        "Growth of Redis' `used_memory` (after an emptied server) divided by the number of "
            + "entries. Candidate: entries of the coherent cache, each in three indexes. "
            + "Reference: SET with TTL of the same JSON under the same keys. How many entries "
            + "share the narrowest of the three indexes decides on the cost, so it is varied.",
        parameters(),
        Versions.ofRedis(servers.redis()),
        claims,
        List.of(
            new Table(
                "Bytes an entry",
                List.of(
                    "narrowest index", "coherent cache", "plain SET", "stamp and three indexes"),
                rows)),
        new Chart.Bars(
            "Redis memory an entry, values of " + Keyspace.VALUE.length + " bytes",
            new Chart.Axis("bytes", Chart.Scale.LINEAR),
            groups,
            List.of(
                Chart.Series.ofValues("coherent cache, three indexes", candidates),
                Chart.Series.ofValues("plain SET with TTL", references))),
        raw,
        List.of());
  }

  private double indexedBytes(Servers servers, int groupSize) {
    try (CacheUnderTest cache = CacheUnderTest.open(clock, servers.redis(), 0)) {
      long before = usedAfterEmptying(cache.redisson());
      Keyspace keyspace = new IndexedKeyspace(cache, sizes.entries, groupSize);
      double bytes = perEntry(cache.redisson(), before, keyspace.groups() * groupSize);
      cache.clear();
      return bytes;
    }
  }

  private double plainBytes(Servers servers, int groupSize) {
    RedissonClient redisson = CacheUnderTest.connect(servers.redis(), 0);
    long before = usedAfterEmptying(redisson);
    try (Keyspace keyspace = new PlainKeyspace(redisson, sizes.entries, groupSize)) {
      return perEntry(redisson, before, keyspace.groups() * groupSize);
    }
  }

  private static double perEntry(RedissonClient redisson, long before, int entries) {
    return (double) (used(redisson) - before) / entries;
  }

  private static long usedAfterEmptying(RedissonClient redisson) {
    redisson.getKeys().flushall();
    return used(redisson);
  }

  private static long used(RedissonClient redisson) {
    return Long.parseLong(
        redisson
            .getRedisNodes(RedisNodes.SINGLE)
            .getInstance()
            .info(InfoSection.MEMORY)
            .get("used_memory"));
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("entries", sizes.entries);
    parameters.put("entries sharing their narrowest index", sizes.groupSizes);
    parameters.put("value bytes", Keyspace.VALUE.length);
    parameters.put("indexes an entry", 3);
    return parameters;
  }
}
