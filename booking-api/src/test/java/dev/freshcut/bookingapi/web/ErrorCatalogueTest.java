package dev.freshcut.bookingapi.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of docs/errors.md is what clients are told. {@code -Dwrite.docs=true} writes it. */
class ErrorCatalogueTest {
  private static final Path PAGE = Path.of("..", "docs", "errors.md");
  private static final String HEAD = "| status | `code` | title |";

  @Test
  void pageHasEveryProblem() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int table = lines.indexOf(HEAD);
    if (Boolean.getBoolean("write.docs")) {
      List<String> page = new ArrayList<>(lines.subList(0, table + 2));
      page.addAll(rows());
      Files.write(PAGE, page);
      return;
    }

    assertThat(lines.subList(table + 2, lines.size()))
        .as("rows of %s; -Dwrite.docs=true writes them", PAGE)
        .isEqualTo(rows());
  }

  private static List<String> rows() {
    return Arrays.stream(ProblemType.values())
        .sorted(Comparator.comparingInt(type -> type.status().value()))
        .map(
            type ->
                "| %d | `%s` | %s |".formatted(type.status().value(), type.code(), type.title()))
        .toList();
  }
}
