package dev.freshcut.notificationworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.notificationworker.TestAttempt;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.UncategorizedSQLException;

class PatientTest {
  private static Outcome run(RuntimeException failure) throws Exception {
    Patient<String> patient =
        new Patient<>(
            (payload, context) -> {
              throw failure;
            });
    return patient.run("", TestAttempt.of("id", 3));
  }

  /** As Spring has it for states that it does not know. */
  private static RuntimeException refused(String state) {
    return new UncategorizedSQLException(
        "UPDATE", "UPDATE secret", new SQLException("read-only", state));
  }

  static Stream<RuntimeException> away() {
    return Stream.of(
        new DataAccessResourceFailureException("secret"),
        new RecoverableDataAccessException("secret"),
        new TransientDataAccessResourceException("secret"),
        refused("25006"),
        refused("55P03"));
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
    assertThatThrownBy(() -> run(refused("25001"))).isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> run(new DataIntegrityViolationException("no such column")))
        .isInstanceOf(DataIntegrityViolationException.class);
  }
}
