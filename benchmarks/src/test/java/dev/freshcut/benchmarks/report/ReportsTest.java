package dev.freshcut.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.benchmarks.measure.Spread;
import dev.freshcut.benchmarks.report.Chart.Axis;
import dev.freshcut.benchmarks.report.Chart.Scale;
import dev.freshcut.benchmarks.report.Chart.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsTest {
  @TempDir Path directory;

  @Test
  void writesTheThreeForms() throws Exception {
    Result result = result();

    new Reports(directory, Machine.describe(Clock.systemUTC(), 0.01)).write(result);

    String page = Files.readString(directory.resolve("sample.md"));
    assertThat(page)
        .contains("| read, <hit> | 1.1 × (1–1.3) | ≤ 1.2 × | met |")
        .contains("![A & B](sample.svg)");
    JsonNode json = JsonMapper.shared().readTree(directory.resolve("sample.json").toFile());
    assertThat(json.at("/claims/0/met").booleanValue()).isTrue();
    assertThat(json.at("/machine/cores").intValue()).isPositive();
    assertThat(json.at("/rounds/candidate/1").doubleValue()).isEqualTo(1.1);
    SvgFile.check(directory.resolve("sample.svg"));
  }

  @Test
  void summarises() throws Exception {
    Reports reports = new Reports(directory, Machine.describe(Clock.systemUTC(), 0.01));
    reports.write(result());
    reports.summarise(List.of(result()));

    assertThat(Files.readString(directory.resolve("summary.md")))
        .contains("| [read, <hit>](sample.md) | 1.1 × (1–1.3) | ≤ 1.2 × | met |");
  }

  private static Result result() {
    return new Result(
        "sample",
        "Sample",
        "By hand.",
        Map.of("size", 3),
        Map.of("Redis", "6"),
        List.of(
            new Claim("read, <hit>", new Spread(1.1, 1, 1.3, 3), "×", Claim.Bound.AT_MOST, 1.2)),
        List.of(new Table("Figures", List.of("a", "b"), List.of(List.of("1", "2")))),
        new Chart.Bars(
            "A & B",
            new Axis("<ms>", Scale.LINEAR),
            List.of("g1", "g2"),
            List.of(
                Series.ofValues("candidate", List.of(1.0, 2.0)),
                Series.ofValues("reference", List.of(1.5, 0.0)))),
        Map.of("candidate", List.of(1.0, 1.1, 1.3)),
        List.of("a note"));
  }
}
