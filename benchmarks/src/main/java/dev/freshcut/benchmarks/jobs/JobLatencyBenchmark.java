package dev.freshcut.benchmarks.jobs;

import dev.freshcut.benchmarks.cache.Versions;
import dev.freshcut.benchmarks.measure.OpenLoop;
import dev.freshcut.benchmarks.measure.Rounds;
import dev.freshcut.benchmarks.measure.Spread;
import dev.freshcut.benchmarks.report.Benchmark;
import dev.freshcut.benchmarks.report.Chart;
import dev.freshcut.benchmarks.report.Claim;
import dev.freshcut.benchmarks.report.Figures;
import dev.freshcut.benchmarks.report.Result;
import dev.freshcut.benchmarks.report.Table;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.jobstreams.worker.JobWorker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** How soon jobs begin that come at a steady rate, against Celery on the same Redis. */
public final class JobLatencyBenchmark implements Benchmark {
  private static final int DATABASE = 0;
  private static final int PRODUCERS = 2;

  private final Clock clock;
  private final Sizes sizes;

  /** Creates the benchmark. */
  public JobLatencyBenchmark(Clock clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param perSecond jobs a second
   * @param jobs of a round
   * @param warmUps pairs of rounds that do not count
   * @param pairs of rounds that count
   */
  public record Sizes(double perSecond, int jobs, int warmUps, int pairs) {
    /** Enough for steady figures. */
    public static Sizes full() {
      return new Sizes(200, 3_000, 1, 3);
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(200, 60, 0, 1);
    }
  }

  /** What a round gave: from when a job was due to be enqueued to its begin, milliseconds. */
  private record Round(double median, double p99, double most) {
    static Round of(Histogram nanos) {
      return new Round(
          nanos.getValueAtPercentile(50) / 1e6,
          nanos.getValueAtPercentile(99) / 1e6,
          nanos.getMaxValue() / 1e6);
    }
  }

  @Override
  public String name() {
    return "job-latency";
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    Optional<Celery> found = Celery.find(servers.redis(), progress);
    try (JobsUnderTest jobs = new JobsUnderTest(clock, servers.redis(), DATABASE)) {
      if (found.isEmpty()) {
        List<Round> alone = new ArrayList<>();
        for (int i = 0; i < sizes.warmUps + sizes.pairs; i++) {
          alone.add(candidate(jobs));
        }
        return result(alone.subList(sizes.warmUps, alone.size()), Optional.empty(), servers);
      }
      try (Celery celery = found.get()) {
        Rounds<Round> rounds =
            Rounds.alternate(
                sizes.warmUps, sizes.pairs, () -> candidate(jobs), () -> reference(celery));
        return result(rounds.candidate(), Optional.of(rounds), servers);
      }
    }
  }

  private Round candidate(JobsUnderTest jobs) throws Exception {
    Histogram lateness = new SynchronizedHistogram(OpenLoop.newHistogram());
    long all = jobs.ended() + sizes.jobs;
    JobWorker worker = jobs.start(lateness::recordValue);
    try {
      new OpenLoop(sizes.perSecond, PRODUCERS)
          .offer(sizes.jobs, (thread, i, due) -> jobs.enqueueTimed(due));
      Backlog.awaitAtMost(0, () -> all - jobs.ended());
    } finally {
      worker.close();
    }
    return Round.of(lateness);
  }

  private Round reference(Celery celery) throws Exception {
    Celery.Workers workers = celery.start(Celery.Crew.DEFAULT);
    try {
      celery.enqueue(1); // once it is done the worker is ready
      Backlog.awaitAtMost(0, celery::left);
      celery.steady(sizes.jobs, sizes.perSecond);
      Backlog.awaitAtMost(0, () -> sizes.jobs - celery.written("timed").size());
    } finally {
      workers.stop();
    }
    Histogram lateness = OpenLoop.newHistogram();
    celery.written("timed").forEach(lateness::recordValue);
    celery.forget("timed");
    return Round.of(lateness);
  }

  private Result result(List<Round> candidates, Optional<Rounds<Round>> beside, Servers servers) {
    List<Claim> claims = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<Chart.Series> series = new ArrayList<>();
    Map<String, Object> raw = new LinkedHashMap<>();
    row("job-streams", candidates, rows, series);
    raw.put("job-streams", candidates);
    beside.ifPresent(
        rounds -> {
          claims.add(claim("median time to begin against Celery", rounds, Round::median));
          claims.add(claim("99th percentile against Celery", rounds, Round::p99));
          row(Celery.Crew.DEFAULT.label(), rounds.reference(), rows, series);
          raw.put(Celery.Crew.DEFAULT.label(), rounds.reference());
        });
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("jobs a second", sizes.perSecond);
    parameters.put("jobs a round", sizes.jobs);
    parameters.put("pairs of rounds", sizes.pairs);
    return new Result(
        name(),
        "Latency of jobs",
        "Jobs are enqueued at a steady rate, an open loop, and tell when they begin; the time runs "
            + "from when each was due to be enqueued. Candidate: producer and worker in one JVM. "
            + "Reference: Celery's producer and its worker with two processes, each in Python; "
            + "both use the machine's monotonic clock.",
        parameters,
        Versions.ofRedis(servers.redis()),
        claims,
        List.of(
            new Table(
                "Milliseconds: median (lowest–highest round)",
                List.of("", "median", "99 %", "longest"),
                rows)),
        new Chart.Bars(
            "Due → begun",
            new Chart.Axis("milliseconds", Chart.Scale.LINEAR),
            List.of("median", "99 %", "longest"),
            series),
        raw,
        beside.isPresent()
            ? List.of()
            : List.of("Celery was not installed: there is no reference."));
  }

  private static Claim claim(String text, Rounds<Round> rounds, ToDoubleFunction<Round> figure) {
    return new Claim(text, rounds.ratio(figure), "×", Claim.Bound.AT_MOST, 1);
  }

  private static void row(
      String label, List<Round> rounds, List<List<String>> rows, List<Chart.Series> series) {
    List<Spread> figures =
        List.of(
            spread(rounds, Round::median), spread(rounds, Round::p99), spread(rounds, Round::most));
    List<String> cells = new ArrayList<>(List.of(label));
    figures.forEach(figure -> cells.add(Figures.text(figure)));
    rows.add(cells);
    series.add(Chart.Series.ofValues(label, figures.stream().map(Spread::median).toList()));
  }

  private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
  }
}
