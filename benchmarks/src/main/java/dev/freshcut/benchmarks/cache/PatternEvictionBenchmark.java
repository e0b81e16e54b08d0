package dev.freshcut.benchmarks.cache;

import dev.freshcut.benchmarks.measure.OpenLoop;
import dev.freshcut.benchmarks.measure.Rounds;
import dev.freshcut.benchmarks.measure.Spread;
import dev.freshcut.benchmarks.measure.Timings;
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
import org.HdrHistogram.Histogram;

/** Eviction of some entries by a pattern among many others, against a scan for the pattern. */
public final class PatternEvictionBenchmark implements Benchmark {
  private static final double LIMIT_FASTER = 1_000;
  private static final double LIMIT_GROWTH = 1.3;

  private final Clock clock;
  private final Sizes sizes;

  /** Creates the benchmark. */
  public PatternEvictionBenchmark(Clock clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param entries of the whole cache, in rising order
   * @param matches entries of one pattern
   * @param evictions by the cache, a round
   * @param scans by the reference, a round
   * @param warmUps pairs of rounds that do not count
   * @param pairs of rounds that count
   */
  public record Sizes(
      List<Integer> entries, int matches, int evictions, int scans, int warmUps, int pairs) {
    /** Enough for steady figures. */
    public static Sizes full() {
      return new Sizes(List.of(10_000, 100_000, 1_000_000), 150, 100, 3, 2, 6);
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(List.of(300, 3_000), 150, 3, 1, 0, 2);
    }
  }

  @Override
  public String name() {
    return "pattern-eviction";
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    List<Keyspace> indexed = new ArrayList<>();
    List<Keyspace> plain = new ArrayList<>();
    try {
      for (int entries : sizes.entries) {
        progress.say("filling " + entries + " entries, with and without indexes");
        int database = 2 * indexed.size();
        indexed.add(
            new IndexedKeyspace(
                CacheUnderTest.open(clock, servers.redis(), database), entries, sizes.matches));
        plain.add(
            new PlainKeyspace(
                CacheUnderTest.connect(servers.redis(), database + 1), entries, sizes.matches));
      }
      List<Rounds<Timings>> rounds = measure(indexed, plain, progress);
      Rounds<Timings> growth = growth(indexed, progress);
      return result(rounds, growth, servers);
    } finally {
      for (Keyspace keyspace : indexed) {
        keyspace.close();
      }
      for (Keyspace keyspace : plain) {
        keyspace.close();
      }
    }
  }

  private List<Rounds<Timings>> measure(
      List<Keyspace> indexed, List<Keyspace> plain, Progress progress) throws Exception {
    List<Rounds<Timings>> rounds = new ArrayList<>();
    for (int i = 0; i < indexed.size(); i++) {
      progress.say("evicting among " + sizes.entries.get(i));
      Keyspace candidate = indexed.get(i);
      Keyspace reference = plain.get(i);
      rounds.add(
          Rounds.alternate(
              sizes.warmUps,
              sizes.pairs,
              () -> evict(candidate, sizes.evictions),
              () -> evict(reference, sizes.scans)));
    }
    return rounds;
  }

  /** The cache's own cost among the most entries against that among the fewest. */
  private Rounds<Timings> growth(List<Keyspace> indexed, Progress progress) throws Exception {
    progress.say("the cache against itself, most entries and fewest");
    return Rounds.alternate(
        sizes.warmUps,
        sizes.pairs,
        () -> evict(indexed.get(indexed.size() - 1), sizes.evictions),
        () -> evict(indexed.get(0), sizes.evictions));
  }

  private Timings evict(Keyspace keyspace, int times) {
    Histogram histogram = OpenLoop.newHistogram();
    long total = 0;
    for (int i = 0; i < times; i++) {
      int group = keyspace.nextGroup();
      long start = System.nanoTime();
      long removed = keyspace.evict(group);
      long took = System.nanoTime() - start;
      if (removed != sizes.matches) {
        throw new IllegalStateException("evicted " + removed + ", not " + sizes.matches);
      }
      histogram.recordValue(took);
      total += took;
      keyspace.refill(group);
    }
    return Timings.of(histogram, total);
  }

  private Result result(List<Rounds<Timings>> rounds, Rounds<Timings> growth, Servers servers) {
    List<List<String>> rows = new ArrayList<>();
    List<Chart.Point> candidates = new ArrayList<>();
    List<Chart.Point> references = new ArrayList<>();
    Map<String, Object> raw = new LinkedHashMap<>();
    for (int i = 0; i < rounds.size(); i++) {
      Rounds<Timings> pair = rounds.get(i);
      int entries = sizes.entries.get(i);
      Spread candidate = pair.ofCandidate(PatternEvictionBenchmark::millis);
      Spread reference = pair.ofReference(PatternEvictionBenchmark::millis);
      rows.add(
          List.of(
              Figures.text(entries),
              Figures.text(candidate),
              Figures.text(pair.ofCandidate(t -> t.p99Micros() / 1e3)),
              Figures.text(reference),
              Figures.text(faster(pair))));
      candidates.add(new Chart.Point(entries, candidate.median()));
      references.add(new Chart.Point(entries, reference.median()));
      raw.put("among " + entries, pair);
    }
    raw.put("own cost, most against fewest", growth);
    int most = sizes.entries.get(sizes.entries.size() - 1);
    return new Result(
        name(),
        "Eviction of a pattern among many entries",
        "Candidate: `Evictor.evict` of one pattern (shop, day and kind) with "
            + sizes.matches
            + " entries, each in three indexes. Reference: Redisson's "
            + "`RKeys.deleteByPattern` for the same keys in another database of the same server, "
            + "which holds the same entries and no indexes. Each eviction takes another pattern, "
            + "and its entries are put back before the next; only the eviction is timed.",
        parameters(),
        Versions.ofRedis(servers.redis()),
        List.of(
            new Claim(
                "pattern eviction among " + Figures.text(most) + ", faster than deleteByPattern",
                faster(rounds.get(rounds.size() - 1)),
                "×",
                Claim.Bound.AT_LEAST,
                LIMIT_FASTER),
            new Claim(
                "pattern eviction among %s against its own cost among %s"
                    .formatted(Figures.text(most), Figures.text(sizes.entries.get(0))),
                growth.ratio(Timings::medianMicros),
                "×",
                Claim.Bound.AT_MOST,
                LIMIT_GROWTH)),
        List.of(
            new Table(
                "Milliseconds: median (lowest–highest round)",
                List.of(
                    "entries in the cache",
                    "evict, median",
                    "evict, p99",
                    "deleteByPattern, median",
                    "times faster"),
                rows)),
        new Chart.Lines(
            "Evicting " + sizes.matches + " entries by pattern",
            new Chart.Axis("entries in the cache", Chart.Scale.LOG),
            new Chart.Axis("milliseconds", Chart.Scale.LOG),
            List.of(
                new Chart.Series("coherent cache", candidates),
                new Chart.Series("Redisson deleteByPattern", references))),
        raw,
        List.of());
  }

  private static double millis(Timings timings) {
    return timings.medianMicros() / 1e3;
  }

  private static Spread faster(Rounds<Timings> rounds) {
    return new Rounds<>(rounds.reference(), rounds.candidate()).ratio(Timings::medianMicros);
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("entries", sizes.entries);
    parameters.put("entries of a pattern", sizes.matches);
    parameters.put("value bytes", Keyspace.VALUE_BYTES);
    parameters.put("evictions a round", sizes.evictions);
    parameters.put("scans a round", sizes.scans);
    parameters.put("pairs of rounds", sizes.pairs);
    return parameters;
  }
}
