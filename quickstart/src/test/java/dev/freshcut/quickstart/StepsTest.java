package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Steps steps =
      new Steps(
          new PrintStream(bytes, true, StandardCharsets.UTF_8),
          new Diagnosis(Path.of("log")),
          nanos::get,
          stopping::get);

  @Test
  void aStepIsOneLineWithItsSecondsAndOutcome() {
    steps.run("PostgreSQL", () -> nanos.addAndGet(1_250_000_000L), nanos -> "at last");

    assertThat(shown()).isEqualTo("  PostgreSQL ..................   1.3 s  at last\n");
    assertThat(steps.elapsed()).isEqualTo(Duration.ofMillis(1250));
  }

  @Test
  void aStepIsNamedBeforeItIsDone() {
    steps.run(
        "PostgreSQL",
        () -> {
          assertThat(shown()).startsWith("  PostgreSQL ...");
          return "";
        },
        outcome -> outcome);
  }

  @Test
  void aStepThatFailsEndsItsLine() {
    assertThatThrownBy(
            () ->
                steps.run(
                    "Redis",
                    () -> {
                      throw new IOException("no");
                    },
                    outcome -> ""))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("Redis: no.");
    assertThat(shown()).endsWith("failed\n");
  }

  @Test
  void aStepThatIsBrokenByTheStopHasNotFailed() {
    assertThatThrownBy(
            () ->
                steps.run(
                    "Redis",
                    () -> {
                      stopping.set(true);
                      throw new IOException("closed");
                    },
                    outcome -> ""))
        .isInstanceOf(StartFailure.class);
    assertThat(shown()).endsWith("... ");
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
