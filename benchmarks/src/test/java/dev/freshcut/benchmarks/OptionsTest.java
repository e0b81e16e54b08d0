package dev.freshcut.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void asksForEverythingByDefault() {
    assertThat(Options.parse(List.of()))
        .isEqualTo(new Options(List.of(), false, false, Path.of("target", "results")));
  }

  @Test
  void takesNamesAndOptionsInAnyOrder() {
    assertThat(Options.parse(List.of("read", "--smoke", "--out=there", "fill", "--busy")))
        .isEqualTo(new Options(List.of("read", "fill"), true, true, Path.of("there")));
  }

  @Test
  void namesAnUnknownOptionAndTheUsage() {
    assertThatThrownBy(() -> Options.parse(List.of("--fast")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--fast")
        .hasMessageContaining("usage");
  }
}
