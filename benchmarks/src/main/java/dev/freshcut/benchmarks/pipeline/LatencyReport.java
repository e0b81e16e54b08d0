package dev.freshcut.benchmarks.pipeline;

import dev.freshcut.benchmarks.measure.OpenLoop;
import dev.freshcut.benchmarks.measure.Rounds;
import dev.freshcut.benchmarks.report.Chart;
import dev.freshcut.benchmarks.report.Claim;
import dev.freshcut.benchmarks.report.Figures;
import dev.freshcut.benchmarks.report.Result;
import dev.freshcut.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What {@link EvictionLatencyBenchmark} found.
 *
 * @param blocking the pipeline's rounds, against a plain stream that waits in the driver
 * @param polling the pipeline's further rounds, against a plain stream that polls
 */
record LatencyReport(Rounds<LatencyRound> blocking, Rounds<LatencyRound> polling) {
  private static final double LIMIT_MEDIAN = 3;
  private static final double LIMIT_P99 = 4;
  private static final double LIMIT_MILLIS = 10;
  private static final List<Double> QUANTILES =
      List.of(0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995);

  Result result(Map<String, Object> parameters, Map<String, String> versions) {
    return new Result(
        EvictionLatencyBenchmark.NAME,
        "From commit to eviction",
        "Candidate: the whole pipeline with default settings – connector, Kafka, worker, stamped "
            + "eviction. Reference: pgjdbc's replication stream in this JVM and one UNLINK a "
            + "change, without Kafka; once read as quickly as the driver can (the call waits "
            + "for the next message), once as in the example of the driver's manual (it asks, and "
            + "sleeps 10 ms when there is nothing). All get the same load at a fixed rate (open "
            + "loop: what is due is begun, whatever is still under way). The time runs from the "
            + "moment when the commit has returned to the writer until Redis announces the "
            + "entry's deletion to a connection that is subscribed to its keyspace notifications; "
            + "both moments are taken by the same clock in the same JVM. Each change is of a row "
            + "of its own, and its entry was there before. Only one of them runs at a time.",
        parameters,
        versions,
        claims(),
        List.of(table()),
        chart(),
        raw(),
        List.of(
            "The announcement of the deletion costs all sides the same: Redis publishes it right "
                + "after the deletion, and it is one message over the loopback device.",
            "“Due → gone” begins when the change was due by the schedule, so it includes the "
                + "commit and any lateness of the writer.",
            "The writers began their changes late by at most %s ms (p99) in the worst round."
                .formatted(Figures.text(worstLateness()))));
  }

  private List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    addClaims(claims, "plain stream, blocking", blocking);
    addClaims(claims, "plain stream, polling", polling);
    claims.add(
        new Claim(
            "commit → evicted, median",
            blocking.ofCandidate(LatencyRound::medianMillis),
            "ms",
            Claim.Bound.AT_MOST,
            LIMIT_MILLIS));
    return claims;
  }

  private static void addClaims(List<Claim> claims, String reference, Rounds<LatencyRound> rounds) {
    claims.add(
        new Claim(
            "commit → evicted, median, against " + reference,
            rounds.ratio(LatencyRound::medianMillis),
            "×",
            Claim.Bound.AT_MOST,
            LIMIT_MEDIAN));
    claims.add(
        new Claim(
            "commit → evicted, p99, against " + reference,
            rounds.ratio(LatencyRound::p99Millis),
            "×",
            Claim.Bound.AT_MOST,
            LIMIT_P99));
  }

  private Table table() {
    Map<String, ToDoubleFunction<LatencyRound>> figures = new LinkedHashMap<>();
    figures.put("commit → gone, median", LatencyRound::medianMillis);
    figures.put("commit → gone, p90", r -> r.commitToGone().getValueAtPercentile(90) / 1e6);
    figures.put("commit → gone, p99", LatencyRound::p99Millis);
    figures.put("commit → gone, p99.9", r -> r.commitToGone().getValueAtPercentile(99.9) / 1e6);
    figures.put("commit → gone, longest", r -> r.commitToGone().getMaxValue() / 1e6);
    figures.put("due → gone, median", r -> r.dueToGone().getValueAtPercentile(50) / 1e6);
    figures.put("due → gone, p99", r -> r.dueToGone().getValueAtPercentile(99) / 1e6);
    List<List<String>> rows = new ArrayList<>();
    figures.forEach(
        (label, figure) ->
            rows.add(
                List.of(
                    label,
                    Figures.text(blocking.ofCandidate(figure)),
                    Figures.text(blocking.ofReference(figure)),
                    Figures.text(polling.ofReference(figure)))));
    return new Table(
        "Milliseconds: median (lowest–highest round)",
        List.of("", "pipeline", "plain stream, blocking", "plain stream, polling"),
        rows);
  }

  private Chart chart() {
    return new Chart.Lines(
        "From commit to eviction, all rounds together",
        new Chart.Axis("share of the changes", Chart.Scale.QUANTILE),
        new Chart.Axis("milliseconds", Chart.Scale.LOG),
        List.of(
            new Chart.Series("pipeline through Kafka", quantiles(blocking.candidate())),
            new Chart.Series("plain stream, blocking", quantiles(blocking.reference())),
            new Chart.Series("plain stream, polling", quantiles(polling.reference()))));
  }

  private static List<Chart.Point> quantiles(List<LatencyRound> rounds) {
    Histogram all = OpenLoop.newHistogram();
    rounds.forEach(round -> all.add(round.commitToGone()));
    return QUANTILES.stream()
        .filter(quantile -> (1 - quantile) * all.getTotalCount() >= 1)
        .map(
            quantile ->
                new Chart.Point(
                    quantile, Math.max(0.01, all.getValueAtPercentile(quantile * 100) / 1e6)))
        .toList();
  }

  private Map<String, Object> raw() {
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("pipeline", raw(blocking.candidate()));
    raw.put("plain stream, blocking", raw(blocking.reference()));
    raw.put("pipeline again", raw(polling.candidate()));
    raw.put("plain stream, polling", raw(polling.reference()));
    return raw;
  }

  private static List<Map<String, Object>> raw(List<LatencyRound> rounds) {
    return rounds.stream().map(LatencyReport::raw).toList();
  }

  private static Map<String, Object> raw(LatencyRound round) {
    Map<String, Object> raw = new LinkedHashMap<>();
    for (double quantile : QUANTILES) {
      raw.put(
          "commit to gone, ms, quantile " + quantile,
          round.commitToGone().getValueAtPercentile(quantile * 100) / 1e6);
    }
    raw.put("begun late, ms, p99", late(round));
    return raw;
  }

  private double worstLateness() {
    return Stream.of(blocking, polling)
        .flatMapToDouble(
            rounds ->
                DoubleStream.of(
                    rounds.ofCandidate(LatencyReport::late).high(),
                    rounds.ofReference(LatencyReport::late).high()))
        .max()
        .orElse(0);
  }

  private static double late(LatencyRound round) {
    return round.lateness().getValueAtPercentile(99) / 1e6;
  }
}
