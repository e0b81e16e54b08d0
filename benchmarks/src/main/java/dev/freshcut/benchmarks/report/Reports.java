package dev.freshcut.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes results into a directory: {@code <name>.md}, {@code <name>.json}, {@code <name>.svg}. */
public final class Reports {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path directory;
  private final Machine machine;

  /** Writes into a directory, which is made if it is missing. */
  public Reports(Path directory, Machine machine) {
    this.directory = directory;
    this.machine = machine;
  }

  /** Writes one result, over an older one of the same name. */
  public void write(Result result) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(file(result, "md"), Markdown.of(result, machine));
    Files.writeString(file(result, "svg"), Svg.of(result.chart()));
    Files.writeString(file(result, "json"), JSON.writeValueAsString(json(result)) + "\n");
  }

  /** Writes {@code summary.md}, the claims of all these results. */
  public void summarise(List<Result> results) throws IOException {
    Files.writeString(directory.resolve("summary.md"), Markdown.summary(results, machine));
  }

  private Map<String, Object> json(Result result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", result.name());
    json.put("title", result.title());
    json.put("machine", machine);
    json.put("versions", result.versions());
    json.put("parameters", result.parameters());
    json.put("claims", result.claims().stream().map(Reports::json).toList());
    json.put("rounds", result.rounds());
    json.put("notes", result.notes());
    return json;
  }

  private static Map<String, Object> json(Claim claim) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("claim", claim.text());
    json.put("unit", claim.unit());
    json.put("measured", claim.measured());
    json.put("bound", claim.bound());
    json.put("limit", claim.limit());
    json.put("met", claim.met());
    return json;
  }

  private Path file(Result result, String extension) {
    return directory.resolve(result.name() + "." + extension);
  }
}
