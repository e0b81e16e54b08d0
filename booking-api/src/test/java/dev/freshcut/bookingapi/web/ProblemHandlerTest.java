package dev.freshcut.bookingapi.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;

class ProblemHandlerTest {
  /** As PostgreSQL's messages are on the wire. */
  @ParameterizedTest
  @CsvSource({
    "appointments_one_day, 422",
    "time_zone_known, 400",
    "appointments_order, 500",
    "'', 500"
  })
  void whatTheDatabaseAloneRefusesIsNoDefect(String constraint, int status) {
    var message = new ServerErrorMessage("SERROR\0C23514\0Mfailed\0n" + constraint + "\0");
    var failure = new DataIntegrityViolationException("write", new PSQLException(message));

    assertThat(new ProblemHandler().refusedByTheDatabase(failure).getStatusCode().value())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"55P03, 503", "25006, 503", "25P03, 503", "25P02, 500", ", 500"})
  void statesThatPassAreNoDefect(String state, int status) {
    var failure = new UncategorizedSQLException("write", null, new SQLException("failed", state));

    assertThat(new ProblemHandler().unnamed(failure).getStatusCode().value()).isEqualTo(status);
  }
}
