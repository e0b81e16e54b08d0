package dev.freshcut.benchmarks.cache;

import dev.freshcut.benchmarks.measure.Rounds;
import dev.freshcut.benchmarks.measure.Spread;
import dev.freshcut.benchmarks.measure.Timings;
import dev.freshcut.benchmarks.report.Benchmark;
import dev.freshcut.benchmarks.report.Chart;
import dev.freshcut.benchmarks.report.Claim;
import dev.freshcut.benchmarks.report.Figures;
import dev.freshcut.benchmarks.report.Result;
import dev.freshcut.benchmarks.report.Table;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Consistency;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.embeddedstack.Servers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.redisson.api.RBucket;
import org.redisson.client.codec.ByteArrayCodec;

/** A read that hits, against a plain GET of the same bytes. */
public final class ReadBenchmark implements Benchmark {
  private static final double LIMIT = 1.2;
  private static final ToDoubleFunction<Timings> MEDIAN = Timings::medianMicros;

  private final Clock clock;
  private final Sizes sizes;

  /** Creates the benchmark. */
  public ReadBenchmark(Clock clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is done.
   *
   * @param valueBytes lengths of the values' JSON
   * @param keys entries that are read in turn
   * @param operations a round
   * @param threads of the second part
   * @param warmUps pairs of rounds that do not count
   * @param pairs of rounds that count
   */
  public record Sizes(
      List<Integer> valueBytes, int keys, int operations, int threads, int warmUps, int pairs) {
    /** Enough for steady figures. */
    public static Sizes full() {
      return new Sizes(List.of(100, 900, 10_000), 1_000, 10_000, 8, 2, 10);
    }

    /** Enough to see that it works. */
    public static Sizes smoke() {
      return new Sizes(List.of(100, 10_000), 5, 20, 2, 0, 2);
    }
  }

  @Override
  public String name() {
    return "read";
  }

  @Override
  public Result run(Servers servers, Progress progress) throws Exception {
    List<Measured> measured = new ArrayList<>();
    try (CacheUnderTest cache = CacheUnderTest.open(clock, servers.redis(), 0)) {
      for (int bytes : sizes.valueBytes) {
        Subjects subjects = new Subjects(cache, bytes);
        for (int threads : List.of(1, sizes.threads)) {
          progress.say(subjects.json.length + " bytes, threads: " + threads);
          measured.add(measure(subjects, threads));
        }
      }
    }
    return result(measured, servers);
  }

  private Measured measure(Subjects subjects, int threads) throws Exception {
    return new Measured(
        subjects.json.length,
        subjects.storedBytes(),
        threads,
        subjects.decodeMicros(),
        Rounds.alternate(
            sizes.warmUps,
            sizes.pairs,
            () -> Timings.of(threads, sizes.operations, subjects::read),
            () -> Timings.of(threads, sizes.operations, subjects::get)),
        Rounds.alternate(
            sizes.warmUps,
            sizes.pairs,
            () -> Timings.of(threads, sizes.operations, subjects::read),
            () -> Timings.of(threads, sizes.operations, subjects::getAndDecode)));
  }

  /** The rounds of one size of value and number of threads. */
  private record Measured(
      int jsonBytes,
      int storedBytes,
      int threads,
      double decodeMicros,
      Rounds<Timings> againstGet,
      Rounds<Timings> againstDecoded) {
    String label() {
      return Figures.text(jsonBytes) + " B, " + threads + (threads == 1 ? " thread" : " threads");
    }
  }

  private Result result(List<Measured> measured, Servers servers) {
    List<Claim> claims = new ArrayList<>();
    List<List<String>> times = new ArrayList<>();
    List<List<String>> ratios = new ArrayList<>();
    Map<String, Object> raw = new LinkedHashMap<>();
    for (Measured one : measured) {
      if (one.threads == 1) {
        claims.add(claim("cached read against bare GET, ", one, one.againstGet));
        claims.add(claim("cached read against GET and decoding, ", one, one.againstDecoded));
      }
      times.add(
          List.of(
              one.label(),
              Integer.toString(one.storedBytes),
              Figures.text(one.againstGet.ofCandidate(MEDIAN)),
              Figures.text(one.againstGet.ofReference(MEDIAN)),
              Figures.text(one.againstDecoded.ofReference(MEDIAN)),
              Figures.text(one.decodeMicros)));
      ratios.add(
          List.of(
              one.label(),
              Figures.text(one.againstGet.ratio(MEDIAN)),
              Figures.text(one.againstDecoded.ratio(MEDIAN)),
              Figures.text(one.againstGet.ratio(Timings::p99Micros)),
              Figures.text(one.againstGet.ofCandidate(Timings::perSecond)),
              Figures.text(one.againstGet.ofReference(Timings::perSecond))));
      raw.put(
          one.label(),
          Map.of("against GET", one.againstGet, "against GET and decoding", one.againstDecoded));
    }
    return new Result(
        name(),
        "Cached read, Redis hit",
        "Candidate: `CoherentCache.get` of an entry that is there: watermark check, circuit "
            + "breaker, GET, stamp, decompression above the default threshold of 1 KB, decoding of "
            + "the JSON to records. First reference: `RBucket.get` of the very same key and bytes "
            + "through the same Redisson client with the byte array codec, nothing decoded. "
            + "Second reference: the same of the plain JSON, decoded by the same Jackson, which is "
            + "what a hand-written cache does. All wait for each answer before the next call. "
            + "Ratios are those of the rounds' medians.",
        parameters(),
        Versions.ofRedis(servers.redis()),
        claims,
        List.of(
            new Table(
                "Microseconds: median (lowest–highest round)",
                List.of(
                    "JSON, load",
                    "stored bytes",
                    "cached read",
                    "bare GET",
                    "GET and decoding",
                    "decoding alone, mean"),
                times),
            new Table(
                "Ratios and reads per second: median (lowest–highest round)",
                List.of(
                    "JSON, load",
                    "to bare GET",
                    "to GET and decoding",
                    "p99 to bare GET",
                    "cached reads/s",
                    "bare GETs/s"),
                ratios)),
        chart(measured),
        raw,
        List.of(
            "“Decoding alone” is the time to decode the same plain JSON without Redis on a "
                + "warm JVM."));
  }

  private static Claim claim(String text, Measured measured, Rounds<Timings> rounds) {
    return new Claim(
        text + Figures.text(measured.jsonBytes) + " B of JSON",
        rounds.ratio(MEDIAN),
        "×",
        Claim.Bound.AT_MOST,
        LIMIT);
  }

  private static Chart chart(List<Measured> measured) {
    List<Measured> single = measured.stream().filter(one -> one.threads == 1).toList();
    return new Chart.Bars(
        "Cached read, one thread, median",
        new Chart.Axis("microseconds", Chart.Scale.LINEAR),
        single.stream().map(one -> Figures.text(one.jsonBytes) + " B of JSON").toList(),
        List.of(
            series("coherent cache, decoded", single, one -> one.againstGet.ofCandidate(MEDIAN)),
            series("bare GET", single, one -> one.againstGet.ofReference(MEDIAN)),
            series("GET and decoding", single, one -> one.againstDecoded.ofReference(MEDIAN))));
  }

  private static Chart.Series series(
      String name, List<Measured> measured, Function<Measured, Spread> spread) {
    return Chart.Series.ofValues(
        name, measured.stream().map(one -> spread.apply(one).median()).toList());
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("value bytes", sizes.valueBytes);
    parameters.put("keys read in turn", sizes.keys);
    parameters.put("operations a round", sizes.operations);
    parameters.put("pairs of rounds", sizes.pairs);
    return parameters;
  }

  /** The entries of one size, and the two ways to read them. */
  private final class Subjects {
    private final List<CacheKey> keys = new ArrayList<>();
    private final List<RBucket<byte[]>> entries = new ArrayList<>();
    private final List<RBucket<byte[]>> plain = new ArrayList<>();
    private final CoherentCache reader;
    private final byte[] json;

    Subjects(CacheUnderTest cache, int bytes) {
      cache.clear();
      json = Payload.json(bytes, 1);
      for (int i = 0; i < sizes.keys; i++) {
        CacheKey key = cache.family("item").key(1, i);
        cache.begin(key);
        cache.fill(key, json, CacheUnderTest.FLOOR);
        keys.add(key);
        entries.add(bucket(cache, CacheUnderTest.redisKey(key)));
        plain.add(bucket(cache, "plain:" + key.text()));
        plain.get(i).set(json);
      }
      reader = cache.readerOfHits();
    }

    private static RBucket<byte[]> bucket(CacheUnderTest cache, String key) {
      return cache.redisson().getBucket(key, ByteArrayCodec.INSTANCE);
    }

    int storedBytes() {
      return entries.get(0).get().length;
    }

    Object read(int i) {
      Answer<List<Payload.Offer>> answer =
          reader.get(
              keys.get(i % keys.size()),
              Payload.TYPE,
              Consistency.EVENTUAL,
              () -> {
                throw new IllegalStateException("missed");
              });
      return answer.value();
    }

    Object get(int i) {
      return entries.get(i % entries.size()).get();
    }

    Object getAndDecode(int i) {
      return Payload.decode(plain.get(i % plain.size()).get());
    }

    double decodeMicros() throws Exception {
      Timings.of(sizes.operations, i -> Payload.decode(json));
      return 1e6 / Timings.of(sizes.operations, i -> Payload.decode(json)).perSecond();
    }
  }
}
