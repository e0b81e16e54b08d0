package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.PortInUseException;

class DiagnosisTest {
  private final Diagnosis diagnosis = new Diagnosis(Path.of("quickstart.log"));

  @Test
  void aFullDiskIsSaidHoweverDeepItIsBuried() {
    var fault =
        new IllegalStateException(
            "Process failed", new UncheckedIOException(new IOException("No space left on device")));

    assertThat(diagnosis.of("PostgreSQL", fault).line())
        .isEqualTo(
            "Freshcut did not start: PostgreSQL: the disk is full. Free some space, or choose another"
                + " place with -Djava.io.tmpdir=<directory>.");
  }

  @Test
  void aTakenApiPortNamesThePortAndTheWayToAnother() {
    assertThat(diagnosis.of("API", new RuntimeException(new PortInUseException(8080))).line())
        .isEqualTo(
            "Freshcut did not start: API port 8080: another program listens there. Stop it, or"
                + " start with -Dfreshcut.port=<another port>.");
  }

  @Test
  void anyOtherTakenPortNamesTheStep() {
    assertThat(diagnosis.of("Kafka", new RuntimeException(new BindException("in use"))).line())
        .contains("Kafka: its port is taken");
  }

  @Test
  void aPortThatMayNotBeBoundIsNotCalledTaken() {
    var refused = new BindException("Permission denied");

    assertThat(Diagnosis.port(80, refused).line())
        .isEqualTo(
            "Freshcut did not start: API port 80: Permission denied. Start with"
                + " -Dfreshcut.port=<another port>.");
    assertThat(diagnosis.of("Kafka", new RuntimeException(refused)).line())
        .contains("Kafka: Permission denied.");
  }

  @Test
  void anythingElseIsToldByItsInnermostMessageInOneLine() {
    var fault =
        new IllegalStateException("outer", new IllegalArgumentException("first\n\tsecond."));

    assertThat(diagnosis.of("Redis", fault).line())
        .isEqualTo(
            "Freshcut did not start: Redis: first second. The whole story is in quickstart.log.");
  }

  @Test
  void aFaultWithoutAMessageIsToldByItsName() {
    assertThat(diagnosis.of("Redis", new IllegalStateException()).line())
        .contains("Redis: IllegalStateException.");
  }

  @Test
  void causesThatGoInCirclesEnd() {
    var outer = new IllegalStateException("outer");
    var inner = new IllegalStateException("inner", outer);
    outer.initCause(inner);

    assertThat(diagnosis.of("Redis", outer).line()).contains("inner");
  }

  @Test
  void aDiagnosisIsNotDiagnosedAgain() {
    var known = new StartFailure("Redis", "reason", "Mend");

    assertThat(diagnosis.of("Start", new RuntimeException(known))).isSameAs(known);
  }
}
