package dev.freshcut.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.benchmarks.report.Benchmark;
import dev.freshcut.benchmarks.report.SvgFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs every benchmark with tiny sizes: what they write must be whole; how fast it was is no
 * matter.
 */
class BenchmarksIT {
  @TempDir Path directory;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Benchmarks benchmarks =
      new Benchmarks(Clock.systemUTC(), new PrintStream(said, true, StandardCharsets.UTF_8));

  @Test
  void writeWholeReports() throws Exception {
    int status = benchmarks.run(new Options(List.of(), true, true, directory));

    assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
    List<String> names =
        Benchmarks.all(Clock.systemUTC(), true).stream().map(Benchmark::name).toList();
    assertThat(names).hasSize(12);
    for (String name : names) {
      checkMarkdown(directory.resolve(name + ".md"));
      checkJson(directory.resolve(name + ".json"));
      SvgFile.check(directory.resolve(name + ".svg"));
    }
    checkMarkdown(directory.resolve("summary.md"));
    assertThat(Files.readString(directory.resolve("summary.md")))
        .contains(names.stream().map(name -> "(" + name + ".md)").toList());
  }

  @Test
  void namesTheBenchmarksThereAre() throws Exception {
    int status = benchmarks.run(new Options(List.of("reed"), true, true, directory));

    assertThat(status).isEqualTo(2);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("reed").contains("read");
    assertThat(directory).isEmptyDirectory();
  }

  /** Every row of a table must have as many cells as its head, and no figure may be missing. */
  private static void checkMarkdown(Path file) throws Exception {
    long columns = 0;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("|")) {
        long cells = line.replace("\\|", "").chars().filter(c -> c == '|').count();
        assertThat(columns == 0 || columns == cells).as(line).isTrue();
        assertThat(line).doesNotContain("null", "NaN", "| – |");
        columns = cells;
      } else {
        columns = 0;
      }
    }
  }

  private static void checkJson(Path file) throws Exception {
    JsonNode json = JsonMapper.shared().readTree(file.toFile());
    for (String field : List.of("name", "title", "machine", "versions", "parameters", "rounds")) {
      assertThat(json.path(field).isEmpty() && !json.path(field).isString()).as(field).isFalse();
    }
    for (JsonNode claim : json.path("claims")) {
      assertThat(claim.at("/measured/median").isNumber()).isTrue();
      assertThat(claim.at("/measured/low").doubleValue())
          .isLessThanOrEqualTo(claim.at("/measured/median").doubleValue());
      assertThat(claim.path("met").isBoolean()).isTrue();
    }
    assertThat(json.at("/machine/commit").stringValue()).isNotBlank();
  }
}
