package dev.freshcut.bookingapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged cache model as it is written, for tests that walk it. */
final class ModelFile {
  private static final Pattern TABLE = Pattern.compile(" *- table: (\\S+)");
  private static final Pattern EVICTED = Pattern.compile(" *- \"([a-z-]+):\\{.*");

  private ModelFile() {}

  /** Each table with each family that one of its rules evicts. */
  static List<Map.Entry<String, String>> evictions() {
    List<Map.Entry<String, String>> evictions = new ArrayList<>();
    String table = "";
    for (String line : text().lines().toList()) {
      Matcher rule = TABLE.matcher(line);
      Matcher evicted = EVICTED.matcher(line);
      if (rule.matches()) {
        table = rule.group(1);
      } else if (evicted.matches()) {
        evictions.add(Map.entry(table, evicted.group(1)));
      }
    }
    return evictions;
  }

  private static String text() {
    try (InputStream in = ModelFile.class.getResourceAsStream("/freshcut/cache-model.yml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
