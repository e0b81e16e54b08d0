package dev.freshcut.benchmarks.pipeline;

import dev.freshcut.benchmarks.measure.OpenLoop;
import dev.freshcut.benchmarks.measure.Rounds;
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
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** From a commit to the eviction of the entry it touches, against the shortest way there is. */
public final class EvictionLatencyBenchmark implements Benchmark {
  private static final double LIMIT_MEDIAN = 3;
  private static final double LIMIT_P99 = 4;
  private static final double LIMIT_MILLIS = 10;
  private static final List<Double> QUANTILES =
      List.of(0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995);

  private final Clock clock;
  private final Sizes sizes;

  /** Creates the benchmark. */
  public EvictionLatencyBenchmark(Clock clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param perSecond changes a second
   * @param changes a round, each of a row of its own
   * @param warmUpChanges at the start of each round, not counted
   * @param warmUps pairs of rounds that do not count
   * @param pairs of rounds that count
   */
  public record Sizes(double perSecond, int changes, int warmUpChanges, int warmUps, int pairs) {
    /** Enough for steady figures. */
    public static Sizes full() {
      return new Sizes(500, 15_000, 2_500, 1, 4);
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(100, 50, 10, 0, 1);
    }
  }

  @Override
  public String name() {
    return "eviction-latency";
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    int items = sizes.warmUpChanges + sizes.changes;
    ItemsDatabase candidate = ItemsDatabase.create(servers.postgres(), items);
    ItemsDatabase reference = ItemsDatabase.create(servers.postgres(), items);
    try (Entries entries = new Entries(clock, servers.redis(), candidate);
        DeletionWatch watch = entries.watch()) {
      Rounds<LatencyRound> rounds =
          Rounds.alternate(
              sizes.warmUps,
              sizes.pairs,
              () -> {
                Subject pipeline = FreshcutPipeline.start(servers, candidate);
                entries.awaitWorker();
                entries.fillStamped(0, items);
                return say("pipeline", round(pipeline, candidate, entries, watch), progress);
              },
              () -> {
                Subject stream = new PlainStream(reference, entries.redisson(), Entries.KEY_PREFIX);
                entries.fillPlain(0, items);
                return say("plain stream", round(stream, reference, entries, watch), progress);
              });
      return result(rounds, servers, candidate);
    }
  }

  private static LatencyRound say(String who, LatencyRound round, Progress progress) {
    progress.say(
        "%s: median %s ms, p99 %s ms"
            .formatted(who, Figures.text(round.medianMillis()), Figures.text(round.p99Millis())));
    return round;
  }

  private LatencyRound round(
      Subject subject, ItemsDatabase database, Entries entries, DeletionWatch watch)
      throws Exception {
    try (subject) {
      LatencyRound.run(database, watch, sizes.perSecond, 0, sizes.warmUpChanges);
      long there = entries.count(sizes.warmUpChanges, sizes.changes);
      if (there != sizes.changes) {
        throw new IllegalStateException(
            "only %d of %d entries are there before their items are changed"
                .formatted(there, sizes.changes));
      }
      return LatencyRound.run(database, watch, sizes.perSecond, sizes.warmUpChanges, sizes.changes);
    }
  }

  private Result result(Rounds<LatencyRound> rounds, Servers servers, ItemsDatabase database)
      throws Exception {
    return new Result(
        name(),
        "From commit to eviction",
        "Candidate: the whole pipeline with default settings – connector, Kafka, worker, stamped "
            + "eviction. Reference: pgjdbc's replication stream in this JVM and one UNLINK a "
            + "change, without Kafka. Both get the same load at a fixed rate (open loop: what "
            + "is due is begun, whatever is still under way). The time runs from the moment when "
            + "the commit has returned to the writer until Redis announces the entry's deletion to "
            + "a connection that is subscribed to its keyspace notifications; both moments are "
            + "taken by the same clock in the same JVM. Each change is of a row of its own, and "
            + "its entry was there before. Only one of the two runs at a time.",
        parameters(),
        versions(servers, database),
        claims(rounds),
        List.of(table(rounds)),
        chart(rounds),
        raw(rounds),
        List.of(
            "The announcement of the deletion costs both sides the same: Redis publishes it "
                + "right after the deletion, and it is one message over the loopback device.",
            "“Due → gone” begins when the change was due by the schedule, so it includes the "
                + "commit and any lateness of the writer.",
            "The writers began their changes late by at most %s ms (p99) in the worst round."
                .formatted(
                    Figures.text(
                        Math.max(
                            rounds.ofCandidate(EvictionLatencyBenchmark::late).high(),
                            rounds.ofReference(EvictionLatencyBenchmark::late).high())))));
  }

  private static List<Claim> claims(Rounds<LatencyRound> rounds) {
    return List.of(
        new Claim(
            "commit → evicted, median against the plain stream",
            rounds.ratio(LatencyRound::medianMillis),
            "×",
            Claim.Bound.AT_MOST,
            LIMIT_MEDIAN),
        new Claim(
            "commit → evicted, p99 against the plain stream",
            rounds.ratio(LatencyRound::p99Millis),
            "×",
            Claim.Bound.AT_MOST,
            LIMIT_P99),
        new Claim(
            "commit → evicted, median",
            rounds.ofCandidate(LatencyRound::medianMillis),
            "ms",
            Claim.Bound.AT_MOST,
            LIMIT_MILLIS));
  }

  private static Table table(Rounds<LatencyRound> rounds) {
    Map<String, ToDoubleFunction<LatencyRound>> figures = new LinkedHashMap<>();
    figures.put("commit → gone, median", LatencyRound::medianMillis);
    figures.put("commit → gone, p90", r -> r.commitToGone().getValueAtPercentile(90) / 1e6);
    figures.put("commit → gone, p99", LatencyRound::p99Millis);
    figures.put("commit → gone, p99.9", r -> r.commitToGone().getValueAtPercentile(99.9) / 1e6);
    figures.put("commit → gone, longest", r -> r.commitToGone().getMaxValue() / 1e6);
    figures.put("due → gone, median", r -> r.dueToGone().getValueAtPercentile(50) / 1e6);
    figures.put("due → gone, p99", r -> r.dueToGone().getValueAtPercentile(99) / 1e6);
    List<List<String>> rows = new ArrayList<>();
    figures.forEach(
        (label, figure) ->
            rows.add(
                List.of(
                    label,
                    Figures.text(rounds.ofCandidate(figure)),
                    Figures.text(rounds.ofReference(figure)))));
    return new Table(
        "Milliseconds: median (lowest–highest round)",
        List.of("", "pipeline", "plain stream + UNLINK"),
        rows);
  }

  private static Chart chart(Rounds<LatencyRound> rounds) {
    return new Chart.Lines(
        "From commit to eviction, all rounds together",
        new Chart.Axis("share of the changes", Chart.Scale.QUANTILE),
        new Chart.Axis("milliseconds", Chart.Scale.LOG),
        List.of(
            new Chart.Series("pipeline through Kafka", quantiles(rounds.candidate())),
            new Chart.Series("plain stream + UNLINK", quantiles(rounds.reference()))));
  }

  private static List<Chart.Point> quantiles(List<LatencyRound> rounds) {
    Histogram all = OpenLoop.newHistogram();
    rounds.forEach(round -> all.add(round.commitToGone()));
    return QUANTILES.stream()
        .filter(quantile -> (1 - quantile) * all.getTotalCount() >= 1)
        .map(
            quantile ->
                new Chart.Point(
                    quantile, Math.max(0.01, all.getValueAtPercentile(quantile * 100) / 1e6)))
        .toList();
  }

  private static Map<String, Object> raw(Rounds<LatencyRound> rounds) {
    return Map.of(
        "pipeline", rounds.candidate().stream().map(EvictionLatencyBenchmark::raw).toList(),
        "plain stream", rounds.reference().stream().map(EvictionLatencyBenchmark::raw).toList());
  }

  private static Map<String, Object> raw(LatencyRound round) {
    Map<String, Object> raw = new LinkedHashMap<>();
    for (double quantile : QUANTILES) {
      raw.put(
          "commit to gone, ms, quantile " + quantile,
          round.commitToGone().getValueAtPercentile(quantile * 100) / 1e6);
    }
    raw.put("begun late, ms, p99", late(round));
    return raw;
  }

  private static double late(LatencyRound round) {
    return round.lateness().getValueAtPercentile(99) / 1e6;
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("changes a second", sizes.perSecond);
    parameters.put("changes a round", sizes.changes);
    parameters.put("changes before, not counted", sizes.warmUpChanges);
    parameters.put("pairs of rounds", sizes.pairs);
    return parameters;
  }

  private static Map<String, String> versions(Servers servers, ItemsDatabase database)
      throws Exception {
    return PipelineVersions.of(servers, database);
  }
}
