package dev.freshcut.benchmarks.booking;

import dev.freshcut.benchmarks.cache.Versions;
import dev.freshcut.benchmarks.measure.Spread;
import dev.freshcut.benchmarks.report.Benchmark;
import dev.freshcut.benchmarks.report.Chart;
import dev.freshcut.benchmarks.report.Claim;
import dev.freshcut.benchmarks.report.Figures;
import dev.freshcut.benchmarks.report.Result;
import dev.freshcut.benchmarks.report.Table;
import dev.freshcut.embeddedstack.Servers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/**
 * Many requests at once for what is not in the cache. A lock on a table that every load reads holds
 * the loads up, so that all of the requests are there before the first is done, and the database
 * says how many loads wait.
 */
public final class StampedeBenchmark implements Benchmark {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final String PAST_THE_CACHE = "Cache-Control: no-cache";

  private final Clock clock;
  private final Sizes sizes;

  /** Creates the benchmark. */
  public StampedeBenchmark(Clock clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param instances of the API
   * @param requests at once, by turns to each
   * @param holdMillis for which the loads are held up once the first of them waits; less than what
   *     a statement may wait for a lock
   * @param stampedes each for another entry, and as many past the cache
   */
  public record Sizes(int instances, int requests, int holdMillis, int stampedes) {
    /** What the target speaks of. */
    public static Sizes full() {
      return new Sizes(3, 200, 400, 20);
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(2, 8, 100, 2);
    }
  }

  @Override
  public String name() {
    return "stampede";
  }

  /**
   * One stampede.
   *
   * @param loads the most that the database has seen waiting at once
   * @param answers how many differ; one if all have been told the same
   * @param millis from the lock's release to the last answer
   */
  private record Round(int loads, int answers, double millis) {}

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    try (BookingPlatform platform = BookingPlatform.start(servers, clock, sizes.instances)) {
      // A date is stored after its stampede, for all services.
      Town town = Town.build(platform, clock, Math.ceilDiv(sizes.stampedes, Town.DAYS));
      platform.awaitStream(clock);
      List<Round> cached = new ArrayList<>();
      List<Round> uncached = new ArrayList<>();
      try (Connections connections = new Connections(platform, sizes.requests)) {
        for (int i = 0; i < sizes.stampedes; i++) {
          Town.Shop shop = town.shops().get(i / Town.DAYS);
          String path = town.slots(shop, i % Town.DAYS, "any", shop.services().getFirst());
          // A path past the cache first: the connections are warm, and nothing is stored.
          uncached.add(stampede(platform, connections, path, PAST_THE_CACHE));
          cached.add(stampede(platform, connections, path, ""));
        }
      }
      progress.say(
          "loads: %s, past the cache %s"
              .formatted(
                  Figures.text(figure(cached, Round::loads)),
                  Figures.text(figure(uncached, Round::loads))));
      return result(cached, uncached, servers);
    }
  }

  private Round stampede(
      BookingPlatform platform, Connections connections, String path, String headers)
      throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        Connection lock = platform.connect();
        Connection watch = platform.connect();
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("LOCK TABLE working_hours IN ACCESS EXCLUSIVE MODE");
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < sizes.requests; i++) {
        HttpConnection connection = connections.get(i);
        answers.add(clients.submit(() -> connection.get(path, headers).expect(200).body()));
      }
      int loads = mostWaiting(watch);
      long released = System.nanoTime();
      lock.rollback();
      Set<String> different = new HashSet<>();
      for (Future<String> answer : answers) {
        different.add(answer.get());
      }
      return new Round(
          loads,
          different.size(),
          (System.nanoTime() - released) / (double) TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** The most sessions that wait for the lock at once, until a while after the first. */
  private int mostWaiting(Connection connection) throws SQLException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long until = Long.MAX_VALUE;
    int most = 0;
    try (Statement statement = connection.createStatement()) {
      while (System.nanoTime() < Math.min(until, deadline)) {
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_locks"
                    + " WHERE relation = 'working_hours'::regclass AND NOT granted")) {
          rows.next();
          most = Math.max(most, rows.getInt(1));
        }
        if (most > 0 && until == Long.MAX_VALUE) {
          until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(sizes.holdMillis);
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    return most;
  }

  private Result result(List<Round> cached, List<Round> uncached, Servers servers) {
    return new Result(
        name(),
        "Stampede",
        "%d requests at once for the slots of one date that are not in the cache, by turns to %d"
                .formatted(sizes.requests, sizes.instances)
            + " instances of the API. A lock on a table that each load reads keeps the loads from"
            + " ending until all requests are there; PostgreSQL's `pg_locks` says how many wait for"
            + " it, every 5 ms. Beside it the same with `Cache-Control: no-cache`, where the pools"
            + " of connections are the only bound.",
        parameters(),
        Versions.ofRedis(servers.redis()),
        List.of(
            new Claim(
                "loads of one entry at once, every stampede's",
                Spread.of(List.of(figure(cached, Round::loads).high())),
                "",
                Claim.Bound.AT_MOST,
                1)),
        List.of(
            new Table(
                "Median (lowest–highest stampede)",
                List.of("", "loads", "different answers", "release → last answer, ms"),
                List.of(row("cached", cached), row("past the cache", uncached)))),
        new Chart.Bars(
            "Loads in a stampede, the most of all",
            new Chart.Axis("loads at once", Chart.Scale.LINEAR),
            List.of(sizes.requests + " requests"),
            List.of(
                Chart.Series.ofValues("cached", List.of(figure(cached, Round::loads).high())),
                Chart.Series.ofValues(
                    "past the cache", List.of(figure(uncached, Round::loads).high())))),
        Map.of("cached", cached, "past the cache", uncached),
        List.of());
  }

  private static List<String> row(String name, List<Round> rounds) {
    return List.of(
        name,
        Figures.text(figure(rounds, Round::loads)),
        Figures.text(figure(rounds, Round::answers)),
        Figures.text(figure(rounds, Round::millis)));
  }

  private static Spread figure(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("instances", sizes.instances);
    parameters.put("requests at once", sizes.requests);
    parameters.put("loads held up, ms", sizes.holdMillis);
    parameters.put("stampedes", sizes.stampedes);
    return parameters;
  }
}
