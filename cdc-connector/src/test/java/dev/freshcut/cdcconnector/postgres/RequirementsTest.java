package dev.freshcut.cdcconnector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementsTest {
  @ParameterizedTest
  @ValueSource(ints = {150_000, 160_000, 169_999})
  void versionsThatLoseNothing(int version) {
    assertThat(check(version)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "149999|the server is PostgreSQL 14, too old. Mend: use PostgreSQL 15 or 16",
        "170000|the server is PostgreSQL 17, from which Debezium loses changes at restarts."
            + " Mend: use PostgreSQL 15 or 16",
        "180001|the server is PostgreSQL 18, from which Debezium loses changes at restarts."
            + " Mend: use PostgreSQL 15 or 16"
      })
  void versionsThatAreRefused(int version, String message) {
    assertThat(check(version)).extracting(Problem::toString).containsExactly(message);
  }

  private static List<Problem> check(int version) {
    List<Problem> problems = new ArrayList<>();
    Requirements.checkVersion(problems, version);
    return problems;
  }
}
