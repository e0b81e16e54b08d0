package dev.freshcut.notificationworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.Outcome;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;

class PatientTest {
  private static Outcome run(RuntimeException failure) throws Exception {
    Patient<String> patient =
        new Patient<>(
            (payload, context) -> {
              throw failure;
            });
    return patient.run("", new Context("id", 3));
  }

  static Stream<RuntimeException> away() {
    return Stream.of(
        new DataAccessResourceFailureException("secret"),
        new RecoverableDataAccessException("secret"),
        new TransientDataAccessResourceException("secret"));
  }

  @ParameterizedTest
  @MethodSource("away")
  void whileTheDatabaseIsAwayAllWait(RuntimeException failure) throws Exception {
    assertThat(run(failure))
        .isInstanceOfSatisfying(
            Outcome.Throttled.class,
            outcome -> assertThat(outcome.reason()).doesNotContain("secret"));
  }

  @Test
  void whatTheDatabaseRefusesIsAFault() {
    assertThatThrownBy(() -> run(new DataIntegrityViolationException("no such column")))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  /** An attempt. */
  private record Context(String id, int attempt) implements JobContext {
    @Override
    public Instant enqueuedAt() {
      return Instant.EPOCH;
    }

    @Override
    public Instant dueAt() {
      return Instant.EPOCH;
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public void progress(int percent, String note) {}
  }
}
