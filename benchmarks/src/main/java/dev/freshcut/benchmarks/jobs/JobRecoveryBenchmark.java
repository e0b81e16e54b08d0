package dev.freshcut.benchmarks.jobs;

import dev.freshcut.benchmarks.cache.CacheUnderTest;
import dev.freshcut.benchmarks.cache.Versions;
import dev.freshcut.benchmarks.measure.Spread;
import dev.freshcut.benchmarks.report.Benchmark;
import dev.freshcut.benchmarks.report.Chart;
import dev.freshcut.benchmarks.report.Claim;
import dev.freshcut.benchmarks.report.Figures;
import dev.freshcut.benchmarks.report.Result;
import dev.freshcut.benchmarks.report.Table;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.redis.RedisJobStore;
import dev.freshcut.jobstreams.redis.RedisJobStoreSettings;
import dev.freshcut.jobstreams.worker.WorkerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.redisson.api.RedissonClient;

/** How soon a killed worker's job begins again, beside Celery. */
public final class JobRecoveryBenchmark implements Benchmark {
  private static final double LIMIT_SECONDS = 30;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final String MARK = "begun-again";

  private final Sizes sizes;

  /** Creates the benchmark. */
  public JobRecoveryBenchmark(Sizes sizes) {
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param rounds that count
   * @param patienceSeconds how long Celery is watched
   * @param lease the workers'
   */
  public record Sizes(int rounds, int patienceSeconds, Duration lease) {
    /** Enough for steady figures. */
    public static Sizes full() {
      return new Sizes(4, 60, WorkerSettings.defaults().lease());
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(1, 1, Duration.ofSeconds(3));
    }
  }

  @Override
  public String name() {
    return "job-recovery";
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    List<Double> seconds = new ArrayList<>();
    RedissonClient redisson = CacheUnderTest.connect(servers.redis(), 0);
    try {
      for (int i = 0; i < sizes.rounds; i++) {
        redisson.getKeys().flushdb();
        seconds.add(recover(redisson, servers.redis().url()));
        progress.say("begun again after " + Figures.text(seconds.getLast()) + " s");
      }
    } finally {
      redisson.shutdown();
    }
    Optional<Celery> found = Celery.find(servers.redis(), progress);
    Map<String, String> celery = new LinkedHashMap<>();
    if (found.isPresent()) {
      try (Celery reference = found.get()) {
        for (Celery.Crew crew : List.of(Celery.Crew.DEFAULT, Celery.Crew.LATE)) {
          celery.put(crew.label(), watch(reference, crew));
          progress.say(crew.label() + ": " + celery.get(crew.label()));
        }
      }
    }
    return result(seconds, celery, servers);
  }

  /** Kills the worker that runs a job while another is there; seconds until that begins it. */
  private double recover(RedissonClient redisson, String redis) throws Exception {
    Process first = LostWorker.spawn(redis, sizes.lease);
    Process second = null;
    try {
      new StoredJobs(
              new RedisJobStore(redisson, RedisJobStoreSettings.defaults()),
              Payloads.defaults(),
              JobListener.NONE)
          .enqueue(JobRequest.of(LostWorker.WAIT, new LostWorker.Wait()));
      awaitBegun(first);
      second = LostWorker.spawn(redis, sizes.lease);
      awaitTwoWorkers(redisson);
      long killed = System.nanoTime();
      first.destroyForcibly();
      awaitBegun(second);
      return (System.nanoTime() - killed) / 1e9;
    } finally {
      first.destroyForcibly();
      if (second != null) {
        second.destroyForcibly();
      }
    }
  }

  private static void awaitBegun(Process worker) throws IOException {
    BufferedReader output = worker.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.equals("begun")) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("a worker ended by itself");
    }
  }

  private static void awaitTwoWorkers(RedissonClient redisson) throws IOException {
    RedisJobStore store = new RedisJobStore(redisson, RedisJobStoreSettings.defaults());
    Backlog.awaitAtMost(0, () -> 2 - store.status(LostWorker.QUEUE).workers());
  }

  /** Kills the worker that runs a task, starts another and watches whether it begins it. */
  private String watch(Celery celery, Celery.Crew crew) throws Exception {
    celery.forget(MARK);
    Celery.Workers first = celery.start(crew);
    try {
      celery.begin(MARK);
      Backlog.awaitAtMost(0, () -> 1 - celery.written(MARK).size());
    } finally {
      first.kill();
    }
    long killed = System.nanoTime();
    Celery.Workers second = celery.start(crew);
    try {
      long until = killed + TimeUnit.SECONDS.toNanos(sizes.patienceSeconds);
      while (System.nanoTime() < until) {
        if (celery.written(MARK).size() > 1) {
          return Figures.text((System.nanoTime() - killed) / 1e9) + " s";
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
      return celery.left() > 0
          ? "not within " + sizes.patienceSeconds + " s; its visibility timeout is 3,600 s"
          : "never: it was acknowledged before it ran";
    } finally {
      second.kill();
      celery.clear();
    }
  }

  private Result result(List<Double> seconds, Map<String, String> celery, Servers servers) {
    Spread spread = Spread.of(seconds);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("job-streams", Figures.text(spread) + " s"));
    celery.forEach((label, outcome) -> rows.add(List.of(label, outcome)));
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("rounds", sizes.rounds);
    parameters.put("seconds that Celery is watched", sizes.patienceSeconds);
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("job-streams, s", seconds);
    raw.putAll(celery);
    return new Result(
        name(),
        "A killed worker's job",
        "A worker process runs a job and another waits beside it; the first gets SIGKILL. Timed until "
            + "the other begins the job. Default settings: a lease of 15 s. Celery: likewise, with "
            + "tasks acknowledged before they run (its default) and after (`acks_late`).",
        parameters,
        Versions.ofRedis(servers.redis()),
        List.of(
            new Claim(
                "a killed worker's job begins again, every round's",
                Spread.of(List.of(spread.high())),
                "s",
                Claim.Bound.AT_MOST,
                LIMIT_SECONDS)),
        List.of(
            new Table(
                "From SIGKILL to the job's new begin: median (lowest–highest round)",
                List.of("", "begun again"),
                rows)),
        new Chart.Bars(
            "Seconds from SIGKILL to the job's new begin",
            new Chart.Axis("seconds", Chart.Scale.LINEAR),
            IntStream.rangeClosed(1, seconds.size()).mapToObj(round -> "round " + round).toList(),
            List.of(Chart.Series.ofValues("job-streams", seconds))),
        raw,
        celery.isEmpty() ? List.of("Celery was not installed: there is no reference.") : List.of());
  }
}
