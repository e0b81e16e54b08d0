package dev.freshcut.benchmarks.pipeline;

import dev.freshcut.benchmarks.measure.Rounds;
import dev.freshcut.benchmarks.report.Benchmark;
import dev.freshcut.benchmarks.report.Chart;
import dev.freshcut.benchmarks.report.Claim;
import dev.freshcut.benchmarks.report.Figures;
import dev.freshcut.benchmarks.report.Result;
import dev.freshcut.benchmarks.report.Table;
import dev.freshcut.embeddedstack.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Row changes evicted per second while a backlog is worked off, against Debezium by itself. */
public final class ThroughputBenchmark implements Benchmark {
  private static final double LIMIT_RATIO = 0.5;
  private static final double LIMIT_PER_SECOND = 25_000;

  private final Clock clock;
  private final Sizes sizes;

  /** Creates the benchmark. */
  public ThroughputBenchmark(Clock clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param changes of a round, each of a row of its own
   * @param changesPerTransaction row changes committed together
   * @param warmUps pairs of rounds that do not count
   * @param pairs of rounds that count
   */
  public record Sizes(int changes, int changesPerTransaction, int warmUps, int pairs) {
    /** Enough for steady figures. */
    public static Sizes full() {
      return new Sizes(400_000, 10, 1, 4);
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(5_000, 10, 0, 1);
    }
  }

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    ItemsDatabase evicted = ItemsDatabase.create(servers.postgres(), sizes.changes);
    ItemsDatabase counted = ItemsDatabase.create(servers.postgres(), sizes.changes);
    Path offsets = Files.createTempFile("engine-alone", ".offsets");
    Files.delete(offsets); // the engine takes an empty file for a damaged one
    try (Entries entries = new Entries(clock, servers.redis(), evicted)) {
      Rounds<Drained> rounds =
          Rounds.alternate(
              sizes.warmUps,
              sizes.pairs,
              () -> evict(servers, evicted, entries, progress),
              () -> count(counted, offsets, progress));
      return result(rounds, servers, evicted);
    } finally {
      Files.deleteIfExists(offsets);
    }
  }

  private Drained evict(Servers servers, ItemsDatabase database, Entries entries, Progress progress)
      throws Exception {
    try (FreshcutPipeline pipeline = FreshcutPipeline.start(servers, database)) {
      entries.awaitWorker();
      // One change sees to it that the connector has stored a position to go on from.
      long before = entries.worked();
      database.changeAll(1, 1);
      Drained.awaitAtLeast(before + 1, entries::worked);
      pipeline.stopConnector();
      entries.fillStamped(0, sizes.changes);
      prepare(database);
      long start = entries.worked();
      pipeline.restartConnector();
      Drained drained = Drained.watch(sizes.changes, () -> entries.worked() - start);
      long left = entries.count(0, sizes.changes);
      if (left > 0) {
        throw new IllegalStateException(left + " entries were not evicted");
      }
      return say("pipeline", drained, progress);
    }
  }

  private Drained count(ItemsDatabase database, Path offsets, Progress progress) throws Exception {
    if (!Files.exists(offsets)) {
      createSlot(database, offsets);
    }
    prepare(database);
    try (EngineAlone engine = new EngineAlone(database, offsets)) {
      return say("engine alone", Drained.watch(sizes.changes, engine::changes), progress);
    }
  }

  private static Drained say(String who, Drained drained, Progress progress) {
    progress.say(who + ": " + Figures.text(drained.perSecond()) + " changes/s");
    return drained;
  }

  /** Lets the engine create its slot, and store its position. */
  private void createSlot(ItemsDatabase database, Path offsets) throws Exception {
    try (EngineAlone engine = new EngineAlone(database, offsets)) {
      Drained.awaitAtLeast(1, () -> slotIsActive(database));
      database.changeAll(1, 1);
      Drained.awaitAtLeast(1, engine::changes);
    }
  }

  private static long slotIsActive(ItemsDatabase database) {
    try {
      return database.slotIsActive(database.name()) ? 1 : 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void prepare(ItemsDatabase database) throws Exception {
    database.changeAll(sizes.changes, sizes.changesPerTransaction);
    database.vacuum();
  }

  private Result result(Rounds<Drained> rounds, Servers servers, ItemsDatabase database)
      throws Exception {
    return new Result(
        name(),
        "Row changes evicted per second",
        "A backlog of committed row changes waits in the replication slot; each is of a row of its "
            + "own, and evicts an entry of its own that is there. Candidate: the whole pipeline "
            + "with default settings works it off – connector, Kafka, worker, stamped eviction – "
            + "timed from the first recorded progress to the last, by what Redis holds. Afterwards "
            + "no entry may be left. Reference: Debezium's engine in the same JVM decodes a "
            + "backlog of the same changes in another database, and the records are only "
            + "counted. Only one of the two runs at a time.",
        parameters(),
        PipelineVersions.of(servers, database),
        List.of(
            new Claim(
                "row changes evicted against Debezium alone",
                rounds.ratio(Drained::perSecond),
                "×",
                Claim.Bound.AT_LEAST,
                LIMIT_RATIO),
            new Claim(
                "row changes evicted per second",
                rounds.ofCandidate(Drained::perSecond),
                "changes/s",
                Claim.Bound.AT_LEAST,
                LIMIT_PER_SECOND)),
        List.of(
            new Table(
                "Changes per second: median (lowest–highest round)",
                List.of("pipeline to eviction", "Debezium alone, counting"),
                List.of(
                    List.of(
                        Figures.text(rounds.ofCandidate(Drained::perSecond)),
                        Figures.text(rounds.ofReference(Drained::perSecond))))),
            processorTime(rounds)),
        new Chart.Bars(
            "Row changes per second",
            new Chart.Axis("changes per second", Chart.Scale.LINEAR),
            IntStream.rangeClosed(1, sizes.pairs).mapToObj(round -> "round " + round).toList(),
            List.of(
                series("pipeline to eviction", rounds.candidate()),
                series("Debezium alone, counting", rounds.reference()))),
        Map.of("pipeline", rounds.candidate(), "Debezium alone", rounds.reference()),
        List.of(
            "PostgreSQL, Kafka, Redis, connector and worker share the machine's cores; the "
                + "reference has them to itself and PostgreSQL."));
  }

  private static Chart.Series series(String name, List<Drained> rounds) {
    return Chart.Series.ofValues(name, rounds.stream().map(Drained::perSecond).toList());
  }

  private static Table processorTime(Rounds<Drained> rounds) {
    Set<String> kinds = new TreeSet<>();
    rounds.candidate().forEach(round -> kinds.addAll(round.micros().keySet()));
    rounds.reference().forEach(round -> kinds.addAll(round.micros().keySet()));
    List<List<String>> rows = new ArrayList<>();
    kinds.forEach(kind -> rows.add(row(kind, rounds, round -> of(round, kind))));
    rows.add(row("**all**", rounds, ThroughputBenchmark::ofAll));
    return new Table(
        "Processor time, microseconds a change: median (lowest–highest round)",
        List.of("used by", "pipeline to eviction", "Debezium alone, counting"),
        rows);
  }

  private static List<String> row(
      String label, Rounds<Drained> rounds, ToDoubleFunction<Drained> micros) {
    return List.of(
        label, Figures.text(rounds.ofCandidate(micros)), Figures.text(rounds.ofReference(micros)));
  }

  private static double of(Drained round, String kind) {
    return round.micros().getOrDefault(kind, 0.0);
  }

  private static double ofAll(Drained round) {
    return round.micros().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("changes a round", sizes.changes);
    parameters.put("changes a transaction", sizes.changesPerTransaction);
    parameters.put("pairs of rounds", sizes.pairs);
    return parameters;
  }
}
