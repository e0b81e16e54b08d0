package dev.freshcut.coherentcache.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.model.InvalidCacheModelException.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in the file, the outcome is a model or problems with lines. */
class MangledModelTest {
  private static final int FILES = 3_000;
  private static final List<String> SNIPPETS =
      List.of(
          "",
          "",
          " ",
          "\n",
          "\t",
          ":",
          ": ",
          "- ",
          "*",
          "*x",
          "&x ",
          "!x ",
          "!!map ",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "'",
          "\\",
          "\"\\UFFFFFFFF\"",
          "\"\\ud800\"",
          "%YAML 9.9\n",
          "%TAG ! x\n",
          "---\n",
          "...\n",
          "? ",
          "| ",
          "> ",
          "#",
          "<<: ",
          "NULL",
          "~",
          "999999999d",
          "-1s",
          "any",
          "{shop}",
          "views:",
          "\u0000",
          "\uFEFF",
          "\ud800",
          "é",
          "\u2028",
          "\r",
          "@",
          "`",
          ",");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isRefusedWithProblemsOrAccepted(long seed) {
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      String yaml = mangled(random);
      try {
        CacheModel.parse("mangled.yml", yaml);
      } catch (InvalidCacheModelException e) {
        refused++;
        assertThat(e.problems())
            .as("seed %d, file %d:%n%s", seed, i, yaml)
            .isNotEmpty()
            .isSortedAccordingTo(Comparator.comparingInt(Problem::line))
            .allMatch(problem -> problem.line() >= 1 && problem.line() <= lines(yaml) + 1)
            .noneMatch(problem -> problem.message().contains("null"));
      } catch (RuntimeException e) {
        throw new AssertionError("seed %d, file %d:%n%s".formatted(seed, i, yaml), e);
      }
    }
    assertThat(refused).as("refused, seed %d", seed).isBetween(FILES / 2, FILES - 1);
  }

  private static String mangled(Random random) {
    StringBuilder yaml = new StringBuilder(Models.YAML);
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = random.nextInt(yaml.length());
      int until = Math.min(yaml.length(), at + random.nextInt(3) * random.nextInt(10));
      yaml.replace(at, until, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
    }
    return yaml.toString();
  }

  private static long lines(String yaml) {
    return 1 + yaml.chars().filter(c -> "\n\r\u0085\u2028\u2029".indexOf(c) >= 0).count();
  }
}
