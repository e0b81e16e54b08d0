package dev.freshcut.benchmarks.booking;

import dev.freshcut.benchmarks.cache.Versions;
import dev.freshcut.benchmarks.measure.Capacity;
import dev.freshcut.benchmarks.measure.Rounds;
import dev.freshcut.benchmarks.measure.Timings;
import dev.freshcut.benchmarks.report.Benchmark;
import dev.freshcut.benchmarks.report.Chart;
import dev.freshcut.benchmarks.report.Claim;
import dev.freshcut.benchmarks.report.Figures;
import dev.freshcut.benchmarks.report.Result;
import dev.freshcut.benchmarks.report.Table;
import dev.freshcut.embeddedstack.Servers;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The slots endpoint from the cache, against the same past it. */
public final class SlotsBenchmark implements Benchmark {
  private static final double LIMIT = 10;
  private static final String PAST_THE_CACHE = "Cache-Control: no-cache";

  private final Clock clock;
  private final Sizes sizes;

  /** Creates the benchmark. */
  public SlotsBenchmark(Clock clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param shops whose slots are asked for
   * @param boundMillis that the 99th percentile must keep
   * @param seconds each rate is offered
   * @param halvings of the interval in which the highest rate lies
   * @param threads with a connection each
   * @param alone requests, one after the other, of which the time is taken
   * @param warmUps pairs of searches that do not count
   * @param pairs of searches that count
   */
  public record Sizes(
      int shops,
      double boundMillis,
      double seconds,
      int halvings,
      int threads,
      int alone,
      int warmUps,
      int pairs) {
    /** Enough for steady figures. */
    public static Sizes full() {
      return new Sizes(5, 25, 3, 4, 32, 2_000, 1, 3);
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(1, 1_000, 0.2, 0, 2, 10, 0, 1);
    }
  }

  @Override
  public String name() {
    return "slots";
  }

  /** One search, and the time of requests that nothing else disturbs. */
  private record Round(Capacity.Found found, Timings alone, int bytes) {
    double perSecond() {
      return found.perSecond();
    }

    double aloneMicros() {
      return alone.medianMicros();
    }
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    try (BookingPlatform platform = BookingPlatform.start(servers, clock, 1)) {
      Town town = Town.build(platform, clock, sizes.shops);
      platform.awaitStream(clock);
      Requests cached = new Requests(platform, town, "");
      Requests uncached = new Requests(platform, town, PAST_THE_CACHE);
      Rounds<Round> rounds =
          Rounds.alternate(
              sizes.warmUps,
              sizes.pairs,
              () -> round("cached", cached, progress),
              () -> round("past the cache", uncached, progress));
      return result(rounds, servers);
    }
  }

  private Round round(String who, Requests requests, Progress progress) throws Exception {
    Round round = requests.measure();
    progress.say(
        "%s: %s requests/s, alone %s µs"
            .formatted(who, Figures.text(round.perSecond()), Figures.text(round.aloneMicros())));
    return round;
  }

  /** Requests for every shop, day and service in turn, any barber. */
  private final class Requests {
    private final BookingPlatform platform;
    private final List<String> paths;
    private final String headers;
    private double from = 200;

    Requests(BookingPlatform platform, Town town, String headers) {
      this.platform = platform;
      this.headers = headers;
      this.paths =
          town.shops().stream()
              .flatMap(
                  shop ->
                      shop.services().stream()
                          .flatMap(
                              service ->
                                  Stream.iterate(0, day -> day < Town.DAYS, day -> day + 1)
                                      .map(day -> town.slots(shop, day, "any", service))))
              .toList();
    }

    Round measure() throws Exception {
      Capacity capacity =
          new Capacity(sizes.boundMillis, sizes.seconds, sizes.halvings, sizes.threads);
      try (Connections connections = new Connections(platform, sizes.threads)) {
        int bytes = 0;
        for (String path : paths) {
          bytes += connections.get(0).get(path, headers).expect(200).body().length();
        }
        Timings alone = Timings.of(sizes.alone, index -> send(connections.get(0), index).status());
        Capacity.Found found =
            capacity.search(from, (thread, index, due) -> send(connections.get(thread), index));
        from = Math.max(1, found.perSecond() / 2);
        return new Round(found, alone, bytes / paths.size());
      }
    }

    private HttpConnection.Reply send(HttpConnection connection, int index) throws IOException {
      HttpConnection.Reply reply =
          connection.get(paths.get(index % paths.size()), headers).expect(200);
      if (reply.hit() != headers.isEmpty()) {
        throw new IllegalStateException(
            "not what was to be measured: " + reply.header("cache-status"));
      }
      return reply;
    }
  }

  private Result result(Rounds<Round> rounds, Servers servers) {
    String bound = Figures.text(sizes.boundMillis) + " ms";
    return new Result(
        name(),
        "Slots endpoint, cached against uncached",
        "`GET /locations/{id}/slots` for one date and any of six barbers, over HTTP, from a client"
            + " in the same JVM with "
            + sizes.threads
            + " connections. Candidate: every request hits. Reference: the same requests with"
            + " `Cache-Control: no-cache`, which the database answers. For each, the highest"
            + " rate of an open loop is searched at which 99 % of the answers are there within "
            + bound
            + " of when they were due. Client, API, connector, worker, PostgreSQL, Redis and Kafka"
            + " share the machine.",
        parameters(),
        Versions.ofRedis(servers.redis()),
        List.of(
            new Claim(
                "requests per second within " + bound + " (p99), cached against uncached",
                rounds.ratio(Round::perSecond),
                "×",
                Claim.Bound.AT_LEAST,
                LIMIT)),
        List.of(
            new Table(
                "Median (lowest–highest round)",
                List.of("", "requests/s within " + bound, "one at a time, µs", "bytes of JSON"),
                List.of(
                    List.of(
                        "cached",
                        Figures.text(rounds.ofCandidate(Round::perSecond)),
                        Figures.text(rounds.ofCandidate(Round::aloneMicros)),
                        Figures.text(rounds.candidate().getFirst().bytes)),
                    List.of(
                        "past the cache",
                        Figures.text(rounds.ofReference(Round::perSecond)),
                        Figures.text(rounds.ofReference(Round::aloneMicros)),
                        Figures.text(rounds.reference().getFirst().bytes)),
                    List.of(
                        "ratio",
                        Figures.text(rounds.ratio(Round::perSecond)),
                        Figures.text(rounds.ratio(Round::aloneMicros)),
                        "")))),
        new Chart.Lines(
            "Slots endpoint: latency by rate",
            new Chart.Axis("requests per second", Chart.Scale.LOG),
            new Chart.Axis("99th percentile, ms", Chart.Scale.LOG),
            List.of(
                series("cached", rounds.candidate()),
                series("past the cache", rounds.reference()))),
        Map.of("cached", rounds.candidate(), "past the cache", rounds.reference()),
        List.of(
            "Both share the cost of HTTP, of writing the JSON and of the client; only loading"
                + " differs."));
  }

  private static Chart.Series series(String name, List<Round> rounds) {
    return new Chart.Series(
        name,
        rounds.stream()
            .flatMap(round -> round.found.trials().stream())
            .map(trial -> new Chart.Point(trial.perSecond(), trial.p99Millis()))
            .sorted(Comparator.comparingDouble(Chart.Point::x))
            .toList());
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("shops", sizes.shops);
    parameters.put("dates of each", Town.DAYS);
    parameters.put("services of each", Town.SERVICES);
    parameters.put("bound of the 99th percentile, ms", sizes.boundMillis);
    parameters.put("seconds a rate", sizes.seconds);
    parameters.put("connections", sizes.threads);
    parameters.put("pairs of searches", sizes.pairs);
    return parameters;
  }
}
