package dev.freshcut.benchmarks.pipeline;

import dev.freshcut.benchmarks.measure.Rounds;
import dev.freshcut.benchmarks.pipeline.PlainStream.Reading;
import dev.freshcut.benchmarks.report.Benchmark;
import dev.freshcut.benchmarks.report.Figures;
import dev.freshcut.benchmarks.report.Result;
import dev.freshcut.embeddedstack.Servers;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** From a commit to the eviction of the entry it touches, against the shortest way there is. */
public final class EvictionLatencyBenchmark implements Benchmark {
  static final String NAME = "eviction-latency";

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
   * @param pairs of rounds that count, against each of the two references
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

    private int items() {
      return warmUpChanges + changes;
    }

    Map<String, Object> parameters() {
      Map<String, Object> parameters = new LinkedHashMap<>();
      parameters.put("changes a second", perSecond);
      parameters.put("changes a round", changes);
      parameters.put("changes before, not counted", warmUpChanges);
      parameters.put("pairs of rounds against each reference", pairs);
      return parameters;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    ItemsDatabase ours = ItemsDatabase.create(servers.postgres(), sizes.items());
    ItemsDatabase theirs = ItemsDatabase.create(servers.postgres(), sizes.items());
    try (Entries entries = new Entries(clock, servers.redis(), ours);
        DeletionWatch watch = entries.watch()) {
      Rounds.Round<LatencyRound> pipeline =
          () -> {
            Subject running = FreshcutPipeline.start(servers, ours);
            entries.awaitWorker();
            entries.fillStamped(0, sizes.items());
            return round("pipeline", running, ours, entries, watch, progress);
          };
      Rounds<LatencyRound> blocking =
          Rounds.alternate(
              sizes.warmUps,
              sizes.pairs,
              pipeline,
              () -> stream(Reading.BLOCKING, theirs, entries, watch, progress));
      Rounds<LatencyRound> polling =
          Rounds.alternate(
              0,
              sizes.pairs,
              pipeline,
              () -> stream(Reading.POLLING, theirs, entries, watch, progress));
      return new LatencyReport(blocking, polling)
          .result(sizes.parameters(), PipelineVersions.of(servers, ours));
    }
  }

  private LatencyRound stream(
      Reading reading,
      ItemsDatabase database,
      Entries entries,
      DeletionWatch watch,
      Progress progress)
      throws Exception {
    Subject running = new PlainStream(database, entries.redisson(), Entries.KEY_PREFIX, reading);
    entries.fillPlain(0, sizes.items());
    return round("plain stream, " + reading, running, database, entries, watch, progress);
  }

  private LatencyRound round(
      String who,
      Subject subject,
      ItemsDatabase database,
      Entries entries,
      DeletionWatch watch,
      Progress progress)
      throws Exception {
    try (subject) {
      LatencyRound.run(database, watch, sizes.perSecond, 0, sizes.warmUpChanges);
      long there = entries.count(sizes.warmUpChanges, sizes.changes);
      if (there != sizes.changes) {
        throw new IllegalStateException(
            "only %d of %d entries are there before their items are changed"
                .formatted(there, sizes.changes));
      }
      LatencyRound round =
          LatencyRound.run(database, watch, sizes.perSecond, sizes.warmUpChanges, sizes.changes);
      progress.say(
          "%s: median %s ms, p99 %s ms"
              .formatted(who, Figures.text(round.medianMillis()), Figures.text(round.p99Millis())));
      return round;
    }
  }
}
