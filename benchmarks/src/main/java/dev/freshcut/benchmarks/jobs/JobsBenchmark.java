package dev.freshcut.benchmarks.jobs;

import dev.freshcut.benchmarks.cache.Versions;
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

/** Jobs enqueued and done per second, against Celery on the same Redis. */
public final class JobsBenchmark implements Benchmark {
  private static final double LIMIT = 10;

  private static final int DATABASE = 0;

  private final Clock clock;
  private final Sizes sizes;

  /** Creates the benchmark. */
  public JobsBenchmark(Clock clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param jobs of a round
   * @param tasks of a round of the reference
   * @param warmUps pairs of rounds that do not count
   * @param pairs of rounds that count
   */
  public record Sizes(int jobs, int tasks, int warmUps, int pairs) {
    /** Enough for steady figures. */
    public static Sizes full() {
      return new Sizes(100_000, 10_000, 1, 3);
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(500, 200, 0, 1);
    }
  }

  /**
   * What a round gave, each a second.
   *
   * @param enqueued one call after the other
   * @param together enqueued in calls of a hundred; the same where there is no such call
   * @param done a backlog's jobs
   */
  private record Round(double enqueued, double together, double done) {}

  @Override
  public String name() {
    return "jobs";
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    Optional<Celery> found = Celery.find(servers.redis(), progress);
    try (JobsUnderTest jobs = new JobsUnderTest(clock, servers.redis(), DATABASE)) {
      if (found.isEmpty()) {
        List<Round> alone = new ArrayList<>();
        for (int i = 0; i < sizes.warmUps + sizes.pairs; i++) {
          alone.add(candidate(jobs, progress));
        }
        return result(alone.subList(sizes.warmUps, alone.size()), Map.of(), "absent", servers);
      }
      try (Celery celery = found.get()) {
        List<Round> candidates = new ArrayList<>();
        Map<Celery.Crew, Rounds<Round>> beside = new LinkedHashMap<>();
        for (Celery.Crew crew : List.of(Celery.Crew.DEFAULT, Celery.Crew.FASTEST)) {
          Rounds<Round> rounds =
              Rounds.alternate(
                  sizes.warmUps,
                  sizes.pairs,
                  () -> candidate(jobs, progress),
                  () -> reference(celery, crew, progress));
          beside.put(crew, rounds);
          candidates.addAll(rounds.candidate());
        }
        return result(candidates, beside, celery.version(), servers);
      }
    }
  }

  private Round candidate(JobsUnderTest jobs, Progress progress) throws Exception {
    double together = jobs.enqueueTogether(sizes.jobs);
    double oneByOne = jobs.enqueueOneByOne(sizes.jobs / 10);
    long all = jobs.enqueued();
    JobWorker worker = jobs.start(late -> {});
    try {
      double done = Backlog.drain(sizes.jobs, () -> all - jobs.ended());
      return say("job-streams", new Round(oneByOne, together, done), progress);
    } finally {
      worker.close();
    }
  }

  private Round reference(Celery celery, Celery.Crew crew, Progress progress) throws Exception {
    double enqueued = celery.enqueue(sizes.tasks);
    Celery.Workers workers = celery.start(crew);
    try {
      double done = Backlog.drain(sizes.tasks, celery::left);
      return say(crew.label(), new Round(enqueued, enqueued, done), progress);
    } finally {
      workers.stop();
    }
  }

  private static Round say(String who, Round round, Progress progress) {
    progress.say(
        "%s: enqueued %s/s, together %s/s, done %s/s"
            .formatted(
                who,
                Figures.text(round.enqueued),
                Figures.text(round.together),
                Figures.text(round.done)));
    return round;
  }

  private Result result(
      List<Round> candidates,
      Map<Celery.Crew, Rounds<Round>> beside,
      String celery,
      Servers servers) {
    List<Claim> claims = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<Chart.Series> series = new ArrayList<>();
    Map<String, Object> raw = new LinkedHashMap<>();
    row("job-streams", candidates, rows, series);
    raw.put("job-streams", candidates);
    beside.forEach(
        (crew, rounds) -> {
          claims.add(
              new Claim(
                  "jobs done per second against " + crew.label(),
                  rounds.ratio(Round::done),
                  "×",
                  Claim.Bound.AT_LEAST,
                  LIMIT));
          claims.add(
              new Claim(
                  "jobs enqueued per second together against delay(), beside " + crew.label(),
                  rounds.ratio(Round::together),
                  "×",
                  Claim.Bound.AT_LEAST,
                  LIMIT));
          row(crew.label(), rounds.reference(), rows, series);
          raw.put(crew.label(), rounds);
        });
    Map<String, String> versions = new LinkedHashMap<>(Versions.ofRedis(servers.redis()));
    versions.put("Celery and redis-py", celery);
    return new Result(
        name(),
        "Jobs per second",
        "Jobs that do nothing and keep no result, on one redis-server. First they are enqueued, by "
            + "one thread: in calls of a hundred, then one call after the other; Celery has "
            + "`delay()`, one call a task. Then workers are started and work off the backlog; "
            + "timed from when a tenth was done to the last end. Candidate: one worker with "
            + "default settings (32 jobs at once) in one JVM, at least once, acknowledged after "
            + "success. Reference: Celery in its default way of working (one worker, a process "
            + "for each core, tasks acknowledged *before* they run) and in the fastest that was "
            + "found here (two workers that run one task at a time). Only one of them runs at a "
            + "time.",
        parameters(),
        versions,
        claims,
        List.of(
            new Table(
                "A second: median (lowest–highest round)",
                List.of("", "enqueued one by one", "enqueued together", "done"),
                rows)),
        new Chart.Bars(
            "Jobs per second, medians",
            new Chart.Axis("jobs per second", Chart.Scale.LINEAR),
            List.of("enqueued one by one", "enqueued together", "done"),
            series),
        raw,
        beside.isEmpty()
            ? List.of("Celery was not installed: there is no reference.")
            : List.of(
                "Celery prefetches 64 tasks a process here; with its default of 4 it was slower."));
  }

  private static void row(
      String label, List<Round> rounds, List<List<String>> rows, List<Chart.Series> series) {
    List<Spread> figures =
        List.of(
            spread(rounds, Round::enqueued),
            spread(rounds, Round::together),
            spread(rounds, Round::done));
    List<String> cells = new ArrayList<>(List.of(label));
    figures.forEach(figure -> cells.add(Figures.text(figure)));
    rows.add(cells);
    series.add(Chart.Series.ofValues(label, figures.stream().map(Spread::median).toList()));
  }

  private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("jobs a round", sizes.jobs);
    parameters.put("Celery's tasks a round", sizes.tasks);
    parameters.put("pairs of rounds", sizes.pairs);
    return parameters;
  }
}
