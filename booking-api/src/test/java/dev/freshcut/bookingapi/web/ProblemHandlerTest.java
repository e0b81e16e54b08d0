package dev.freshcut.bookingapi.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.UncategorizedSQLException;

class ProblemHandlerTest {
  @ParameterizedTest
  @CsvSource({"55P03, 503", "25006, 503", "25P03, 503", "25P02, 500", ", 500"})
  void statesThatPassAreNoDefect(String state, int status) {
    var failure = new UncategorizedSQLException("write", null, new SQLException("failed", state));

    assertThat(new ProblemHandler().unnamed(failure).getStatusCode().value()).isEqualTo(status);
  }
}
