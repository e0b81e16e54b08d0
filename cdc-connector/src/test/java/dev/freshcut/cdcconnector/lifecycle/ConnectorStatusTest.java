package dev.freshcut.cdcconnector.lifecycle;

import static dev.freshcut.cdcconnector.lifecycle.ConnectorState.BLOCKED;
import static dev.freshcut.cdcconnector.lifecycle.ConnectorState.RETRYING;
import static dev.freshcut.cdcconnector.lifecycle.ConnectorState.STANDBY;
import static dev.freshcut.cdcconnector.lifecycle.ConnectorState.STARTING;
import static dev.freshcut.cdcconnector.lifecycle.ConnectorState.STOPPED;
import static dev.freshcut.cdcconnector.lifecycle.ConnectorState.STREAMING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectorStatusTest {
  private static final Map<ConnectorState, Set<ConnectorState>> NEXT =
      Map.of(
          STOPPED, Set.of(STOPPED, STARTING),
          STARTING, Set.of(STOPPED, STANDBY, BLOCKED, STREAMING, RETRYING),
          STANDBY, Set.of(STOPPED, STARTING, RETRYING),
          BLOCKED, Set.of(STOPPED, STARTING),
          STREAMING, Set.of(STOPPED, BLOCKED, RETRYING),
          RETRYING, Set.of(STOPPED, STARTING));

  @ParameterizedTest
  @EnumSource(ConnectorState.class)
  void onlyTheDrawnTransitionsAreAllowed(ConnectorState state) {
    for (ConnectorState next : ConnectorState.values()) {
      assertThat(state.mayBecome(next))
          .as("%s to %s", state, next)
          .isEqualTo(NEXT.getOrDefault(state, Set.of()).contains(next));
    }
  }

  @Test
  void aForbiddenTransitionIsAFaultAndChangesNothing() {
    ConnectorStatus status = new ConnectorStatus();

    assertThatThrownBy(() -> status.become(STREAMING, "x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("STOPPED cannot become STREAMING");
    assertThat(status.state()).isEqualTo(STOPPED);
  }

  @Test
  void failuresAreCounted() {
    ConnectorStatus status = new ConnectorStatus();
    status.become(STARTING, "a");
    status.become(RETRYING, "b");
    status.become(STARTING, "c");
    status.become(RETRYING, "d");

    assertThat(status.failures()).isEqualTo(2);
    assertThat(status.detail()).isEqualTo("d");
  }

  @Test
  void reasonsAreOneLineWithoutRepetition() {
    Exception root = new IllegalStateException("connection\n  refused");
    assertThat(Reasons.of(new RuntimeException(root))).isEqualTo("connection refused");
    assertThat(Reasons.of(new RuntimeException("outer", new RuntimeException("mid", root))))
        .isEqualTo("outer: mid: connection refused");
    assertThat(Reasons.of(new RuntimeException())).isEqualTo("RuntimeException");
    assertThat(Reasons.of(new RuntimeException("x".repeat(5_000)))).hasSize(501);
  }
}
