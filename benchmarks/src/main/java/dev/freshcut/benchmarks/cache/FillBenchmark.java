package dev.freshcut.benchmarks.cache;

import dev.freshcut.benchmarks.measure.Rounds;
import dev.freshcut.benchmarks.measure.Timings;
import dev.freshcut.benchmarks.report.Benchmark;
import dev.freshcut.benchmarks.report.Chart;
import dev.freshcut.benchmarks.report.Claim;
import dev.freshcut.benchmarks.report.Figures;
import dev.freshcut.benchmarks.report.Result;
import dev.freshcut.benchmarks.report.Table;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.embeddedstack.Servers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.redisson.api.RBucket;
import org.redisson.client.codec.ByteArrayCodec;

/** A stamped fill with three indexes, against SET with a TTL of the same bytes. */
public final class FillBenchmark implements Benchmark {
  private static final double LIMIT = 1.3;

  /** Of the family {@code offers}: entries that share the index of their day and kind. */
  private static final int VARIANTS = 150;

  private static final int SHOPS = 20;

  private final Clock clock;
  private final Sizes sizes;

  /** Creates the benchmark. */
  public FillBenchmark(Clock clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param valueBytes lengths of the values' JSON
   * @param operations a round, each with a key of its own
   * @param threads of the second part
   * @param warmUps pairs of rounds that do not count
   * @param pairs of rounds that count
   */
  public record Sizes(
      List<Integer> valueBytes, int operations, int threads, int warmUps, int pairs) {
    /** Enough for steady figures. */
    public static Sizes full() {
      return new Sizes(List.of(100, 900, 10_000), 15_000, 8, 2, 10);
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(List.of(100, 10_000), 20, 2, 0, 2);
    }
  }

  @Override
  public String name() {
    return "fill";
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    List<Claim> claims = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    List<Double> candidates = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    Map<String, Object> raw = new LinkedHashMap<>();
    try (CacheUnderTest cache = CacheUnderTest.open(clock, servers.redis(), 0)) {
      for (int bytes : sizes.valueBytes) {
        Subjects subjects = new Subjects(cache, bytes);
        String size = Figures.text(subjects.json.length) + " B of JSON";
        for (int threads : List.of(1, sizes.threads)) {
          progress.say(size + ", threads: " + threads);
          Rounds<Timings> rounds =
              Rounds.alternate(
                  sizes.warmUps,
                  sizes.pairs,
                  () -> subjects.fills(threads),
                  () -> subjects.sets(threads));
          String label = size + ", " + threads + (threads == 1 ? " thread" : " threads");
          raw.put(label, rounds);
          rows.add(row(label, subjects.stored.length, rounds));
          if (threads == 1) {
            claims.add(
                new Claim(
                    "stamped fill against SET with TTL, " + size,
                    rounds.ratio(Timings::medianMicros),
                    "×",
                    Claim.Bound.AT_MOST,
                    LIMIT));
            groups.add(size);
            candidates.add(rounds.ofCandidate(Timings::medianMicros).median());
            references.add(rounds.ofReference(Timings::medianMicros).median());
          }
        }
      }
      cache.clear();
    }
    return new Result(
        name(),
        "Stamped fill",
        "Candidate: `StampedStore.fill` of a key that is not there, which compresses, checks the "
            + "tombstones of three indexes, sets the value with its TTL and enters it in the three "
            + "indexes, atomically. Reference: `RBucket.set` with a TTL of the very same stored "
            + "bytes under a key of the same length through the same Redisson client. Both wait "
            + "for each answer before the next call. The database is emptied before each round. "
            + "The ratio is that of the rounds' medians.",
        parameters(),
        Versions.ofRedis(servers.redis()),
        claims,
        List.of(
            new Table(
                "Microseconds: median (lowest–highest round)",
                List.of("JSON, load", "stored bytes", "fill", "SET", "ratio", "fills/s", "SETs/s"),
                rows)),
        new Chart.Bars(
            "Stamped fill with three indexes, one thread, median",
            new Chart.Axis("microseconds", Chart.Scale.LINEAR),
            groups,
            List.of(
                Chart.Series.ofValues("stamped fill", candidates),
                Chart.Series.ofValues("plain SET", references))),
        raw,
        List.of(
            "A miss through `CoherentCache.get` also asks for the entry and takes the single-flight "
                + "lease (two round trips) before it loads; that is not part of these figures."));
  }

  private static List<String> row(String label, int storedBytes, Rounds<Timings> rounds) {
    return List.of(
        label,
        Integer.toString(storedBytes),
        Figures.text(rounds.ofCandidate(Timings::medianMicros)),
        Figures.text(rounds.ofReference(Timings::medianMicros)),
        Figures.text(rounds.ratio(Timings::medianMicros)),
        Figures.text(rounds.ofCandidate(Timings::perSecond)),
        Figures.text(rounds.ofReference(Timings::perSecond)));
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("value bytes", sizes.valueBytes);
    parameters.put("indexes an entry", 3);
    parameters.put("scopes", SHOPS);
    parameters.put("entries sharing a day and kind", VARIANTS);
    parameters.put("operations a round", sizes.operations);
    parameters.put("pairs of rounds", sizes.pairs);
    return parameters;
  }

  /** The values of one size, and the two ways to store them. */
  private final class Subjects {
    private final CacheUnderTest cache;
    private final byte[] json;
    private final byte[] stored;
    private final List<CacheKey> keys = new ArrayList<>();
    private final List<RBucket<byte[]>> buckets = new ArrayList<>();

    Subjects(CacheUnderTest cache, int bytes) {
      this.cache = cache;
      this.json = Payload.json(bytes, 1);
      for (int i = 0; i < sizes.operations; i++) {
        int list = i / VARIANTS;
        CacheKey key =
            cache.family("offers").key(list % SHOPS, "2026-11-20", list / SHOPS, i % VARIANTS);
        keys.add(key);
        buckets.add(
            cache.redisson().getBucket(CacheUnderTest.redisKey(key), ByteArrayCodec.INSTANCE));
      }
      prepare();
      cache.fill(keys.get(0), json, CacheUnderTest.FLOOR);
      this.stored = buckets.get(0).get();
    }

    Timings fills(int threads) throws Exception {
      prepare();
      return Timings.of(
          threads,
          sizes.operations,
          i -> {
            cache.fill(keys.get(i), json, CacheUnderTest.FLOOR);
            return json;
          });
    }

    Timings sets(int threads) throws Exception {
      prepare();
      return Timings.of(
          threads,
          sizes.operations,
          i -> {
            buckets.get(i).set(stored, Duration.ofHours(24));
            return stored;
          });
    }

    /** Empties the database and registers the scopes. */
    private void prepare() {
      cache.clear();
      for (int shop = 0; shop < SHOPS; shop++) {
        cache.begin(cache.family("offers").key(shop, "2026-11-20", 0, 0));
      }
    }
  }
}
