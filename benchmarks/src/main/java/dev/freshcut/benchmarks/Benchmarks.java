package dev.freshcut.benchmarks;

import dev.freshcut.benchmarks.booking.HitRateBenchmark;
import dev.freshcut.benchmarks.booking.SlotsBenchmark;
import dev.freshcut.benchmarks.booking.StampedeBenchmark;
import dev.freshcut.benchmarks.cache.FillBenchmark;
import dev.freshcut.benchmarks.cache.MemoryBenchmark;
import dev.freshcut.benchmarks.cache.PatternEvictionBenchmark;
import dev.freshcut.benchmarks.cache.ReadBenchmark;
import dev.freshcut.benchmarks.jobs.JobLatencyBenchmark;
import dev.freshcut.benchmarks.jobs.JobRecoveryBenchmark;
import dev.freshcut.benchmarks.jobs.JobsBenchmark;
import dev.freshcut.benchmarks.measure.Idleness;
import dev.freshcut.benchmarks.pipeline.EvictionLatencyBenchmark;
import dev.freshcut.benchmarks.pipeline.ThroughputBenchmark;
import dev.freshcut.benchmarks.report.Benchmark;
import dev.freshcut.benchmarks.report.Claim;
import dev.freshcut.benchmarks.report.Figures;
import dev.freshcut.benchmarks.report.Machine;
import dev.freshcut.benchmarks.report.Reports;
import dev.freshcut.benchmarks.report.Result;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.embeddedstack.ServersOptions;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs benchmarks by name, or all of them, and writes their results. */
public final class Benchmarks {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int LOOKS = 12;

  private final Clock clock;
  private final PrintStream out;

  Benchmarks(Clock clock, PrintStream out) {
    this.clock = clock;
    this.out = out;
  }

  /** Entry point; see {@link Options} for the arguments. */
  public static void main(String[] args) throws Exception {
    Benchmarks benchmarks = new Benchmarks(Clock.systemUTC(), System.out);
    int status;
    try {
      status = benchmarks.run(Options.parse(List.of(args)));
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
      status = 2;
    }
    System.exit(status);
  }

  /** All benchmarks there are, in the order in which they run. */
  static List<Benchmark> all(Clock clock, boolean smoke) {
    return List.of(
        new EvictionLatencyBenchmark(
            clock,
            smoke ? EvictionLatencyBenchmark.Sizes.smoke() : EvictionLatencyBenchmark.Sizes.full()),
        new ThroughputBenchmark(
            clock, smoke ? ThroughputBenchmark.Sizes.smoke() : ThroughputBenchmark.Sizes.full()),
        new PatternEvictionBenchmark(
            clock,
            smoke ? PatternEvictionBenchmark.Sizes.smoke() : PatternEvictionBenchmark.Sizes.full()),
        new ReadBenchmark(clock, smoke ? ReadBenchmark.Sizes.smoke() : ReadBenchmark.Sizes.full()),
        new FillBenchmark(clock, smoke ? FillBenchmark.Sizes.smoke() : FillBenchmark.Sizes.full()),
        new MemoryBenchmark(
            clock, smoke ? MemoryBenchmark.Sizes.smoke() : MemoryBenchmark.Sizes.full()),
        new SlotsBenchmark(
            clock, smoke ? SlotsBenchmark.Sizes.smoke() : SlotsBenchmark.Sizes.full()),
        new StampedeBenchmark(
            clock, smoke ? StampedeBenchmark.Sizes.smoke() : StampedeBenchmark.Sizes.full()),
        new HitRateBenchmark(
            clock, smoke ? HitRateBenchmark.Sizes.smoke() : HitRateBenchmark.Sizes.full()),
        new JobsBenchmark(clock, smoke ? JobsBenchmark.Sizes.smoke() : JobsBenchmark.Sizes.full()),
        new JobLatencyBenchmark(
            clock, smoke ? JobLatencyBenchmark.Sizes.smoke() : JobLatencyBenchmark.Sizes.full()),
        new JobRecoveryBenchmark(
            smoke ? JobRecoveryBenchmark.Sizes.smoke() : JobRecoveryBenchmark.Sizes.full()));
  }

  /** Runs what was asked for; the result is the process's exit status. */
  int run(Options options) throws Exception {
    List<Benchmark> all = all(clock, options.smoke());
    List<String> names = all.stream().map(Benchmark::name).toList();
    if (!names.containsAll(options.names())) {
      out.printf("There are only these benchmarks: %s, not all of %s%n", names, options.names());
      return 2;
    }
    double busy = options.smoke() ? 0 : waitUntilIdle();
    if (busy > Idleness.LIMIT && !options.busyAccepted()) {
      out.printf(
          "Other work uses %s %% of the machine's cores; figures would be worthless. Stop it, or"
              + " add --busy to measure all the same.%n",
          Figures.text(busy * 100));
      return 3;
    }
    Reports reports = new Reports(options.directory(), Machine.describe(clock, busy));
    List<Result> results = new ArrayList<>();
    // A million entries need more than the embedded Redis takes by default.
    ServersOptions unlimited = ServersOptions.defaults().withRedisSetting("maxmemory", "0");
    try (Servers servers = Servers.create(unlimited)) {
      for (Benchmark benchmark : all) {
        if (options.names().isEmpty() || options.names().contains(benchmark.name())) {
          out.println(benchmark.name());
          Result result = benchmark.run(servers, line -> out.println("  " + line));
          reports.write(result);
          results.add(result);
          if (!options.smoke()) {
            result.claims().forEach(this::print);
          }
        }
      }
    }
    if (results.size() == all.size()) {
      reports.summarise(results);
    }
    out.println("Written to " + options.directory().toAbsolutePath().normalize());
    return 0;
  }

  private void print(Claim claim) {
    out.printf(
        "  %-6s %s: %s, target %s%n",
        claim.met() ? "met" : "MISSED", claim.text(), claim.figure(), claim.target());
  }

  /** The build that started this may just be ending: gives the machine a minute. */
  private double waitUntilIdle() {
    double busy = Idleness.busyShare(LOOK);
    for (int look = 1; look < LOOKS && busy > Idleness.LIMIT; look++) {
      out.printf("Other work uses %s %% of the cores; waiting%n", Figures.text(busy * 100));
      busy = Idleness.busyShare(LOOK);
    }
    return busy;
  }
}
