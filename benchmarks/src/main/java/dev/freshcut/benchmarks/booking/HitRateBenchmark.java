package dev.freshcut.benchmarks.booking;

import dev.freshcut.benchmarks.cache.Versions;
import dev.freshcut.benchmarks.measure.Rounds;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How many reads of a booking day hit, against a cache that every write empties. */
public final class HitRateBenchmark implements Benchmark {
  private static final double LIMIT = 95;
  private static final long SEED = 20_261_121;

  private final Clock clock;
  private final Sizes sizes;

  /** Creates the benchmark. */
  public HitRateBenchmark(Clock clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param shops of a town
   * @param actions of a day, 95 % of them reads
   * @param uncounted actions at the beginning of a day, which finds the cache empty
   * @param perSecond actions a second
   * @param threads with a connection each
   * @param pairs of days
   */
  public record Sizes(
      int shops, int actions, int uncounted, double perSecond, int threads, int pairs) {
    /** Enough for steady figures. */
    public static Sizes full() {
      return new Sizes(20, 60_000, 20_000, 1_000, 16, 2);
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(2, 300, 100, 300, 2, 1);
    }
  }

  @Override
  public String name() {
    return "hit-rate";
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    try (BookingPlatform platform = BookingPlatform.start(servers, clock, 1);
        Connection connection = platform.connect();
        Statement statement = connection.createStatement()) {
      Rounds<BookingDay.Counted> rounds =
          Rounds.alternate(
              0,
              sizes.pairs,
              () -> day("by pattern", platform, () -> {}, progress),
              () ->
                  day(
                      "everything",
                      platform,
                      () -> platform.evictor().evictEverything(newest(statement)),
                      progress));
      return result(rounds, servers);
    }
  }

  private BookingDay.Counted day(
      String who, BookingPlatform platform, BookingDay.AfterWrite afterWrite, Progress progress)
      throws Exception {
    Town town = Town.build(platform, clock, sizes.shops);
    platform.awaitStream(clock);
    BookingDay.Counted counted =
        new BookingDay(platform, town, afterWrite)
            .run(
                Action.day(SEED, sizes.actions, sizes.shops),
                sizes.uncounted,
                sizes.perSecond,
                sizes.threads);
    progress.say("%s: %s %% hits".formatted(who, Figures.text(counted.hitPercent())));
    return counted;
  }

  /** The newest transaction there is. */
  private static synchronized long newest(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Result result(Rounds<BookingDay.Counted> rounds, Servers servers) {
    return new Result(
        name(),
        "Hits on a booking day",
        "Clients of the API over HTTP, "
            + Figures.text(sizes.perSecond)
            + " actions a second, 95 % reads, 5 % writes: of 100 actions, 55 ask for the slots of a"
            + " day, 30 for services, barbers and hours, 5 for settings, 5 for the next slot; 4"
            + " book a slot that they have just seen, 1 cancels. Shops, dates and services by Zipf's"
            + " law with exponent 1; any barber in six of ten. What a client reads in order to book"
            + " is not counted. Candidate: as shipped. Reference: the same, and after each write"
            + " everything is evicted, as caches are that do not know what a write touches."
            + " The same actions in the same order, each day in a new town.",
        parameters(),
        Versions.ofRedis(servers.redis()),
        List.of(
            new Claim(
                "reads that hit",
                rounds.ofCandidate(BookingDay.Counted::hitPercent),
                "%",
                Claim.Bound.AT_LEAST,
                LIMIT),
            new Claim(
                "hits, evicting by pattern against evicting everything",
                rounds.ratio(BookingDay.Counted::hitPercent),
                "×",
                Claim.Bound.AT_LEAST,
                1)),
        List.of(
            new Table(
                "Reads that hit, %: median (lowest–highest day)",
                List.of("read", "by pattern", "everything evicted", "reads a day"), rows(rounds))),
        new Chart.Bars(
            "Reads that hit",
            new Chart.Axis("%", Chart.Scale.LINEAR),
            kinds().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList(),
            List.of(
                series("by pattern", rounds.candidate()),
                series("everything evicted", rounds.reference()))),
        Map.of("by pattern", rounds.candidate(), "everything evicted", rounds.reference()),
        List.of(
            "A day here lasts %s s, less than any entry lives: what misses was evicted."
                .formatted(Figures.text(sizes.actions / sizes.perSecond)),
            "Writes of the first counted day: %d; refused, since the time was taken: %d."
                .formatted(
                    rounds.candidate().getFirst().writes(),
                    rounds.candidate().getFirst().refused())));
  }

  private static Stream<Action.Kind> kinds() {
    return Stream.of(Action.Kind.values()).filter(Action.Kind::reads);
  }

  private static List<List<String>> rows(Rounds<BookingDay.Counted> rounds) {
    List<List<String>> rows = new ArrayList<>();
    kinds()
        .forEach(
            kind ->
                rows.add(
                    List.of(
                        kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        Figures.text(rounds.ofCandidate(day -> day.of(kind).hitPercent())),
                        Figures.text(rounds.ofReference(day -> day.of(kind).hitPercent())),
                        Long.toString(rounds.candidate().getFirst().of(kind).all()))));
    rows.add(
        List.of(
            "all",
            Figures.text(rounds.ofCandidate(BookingDay.Counted::hitPercent)),
            Figures.text(rounds.ofReference(BookingDay.Counted::hitPercent)),
            Long.toString(rounds.candidate().getFirst().all().all())));
    return rows;
  }

  private static Chart.Series series(String name, List<BookingDay.Counted> days) {
    return Chart.Series.ofValues(
        name, kinds().map(kind -> days.getFirst().of(kind).hitPercent()).toList());
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("shops", sizes.shops);
    parameters.put(
        "barbers, dates and services of each", List.of(Town.BARBERS, Town.DAYS, Town.SERVICES));
    parameters.put("actions a day", sizes.actions);
    parameters.put("not counted, at its beginning", sizes.uncounted);
    parameters.put("actions a second", sizes.perSecond);
    parameters.put("seed", SEED);
    parameters.put("days of each", sizes.pairs);
    return parameters;
  }
}
