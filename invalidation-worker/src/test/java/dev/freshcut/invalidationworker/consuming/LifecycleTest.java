package dev.freshcut.invalidationworker.consuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.invalidationworker.consuming.Lifecycle.State;
import dev.freshcut.invalidationworker.consuming.Lifecycle.Status;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final Map<State, Set<State>> DRAWN =
      new EnumMap<>(
          Map.of(
              State.STARTING,
              EnumSet.of(State.STARTING, State.RUNNING, State.PAUSED, State.STOPPED),
              State.RUNNING,
              EnumSet.of(State.RUNNING, State.PAUSED, State.STOPPED),
              State.PAUSED,
              EnumSet.of(State.PAUSED, State.RUNNING, State.STOPPED),
              State.STOPPED,
              EnumSet.of(State.STOPPED)));

  private static Lifecycle in(State state) {
    Lifecycle lifecycle = new Lifecycle();
    if (state != State.STARTING) {
      lifecycle.to(state, "");
    }
    return lifecycle;
  }

  @Test
  void onlyTheDrawnWaysExist() {
    for (State from : State.values()) {
      for (State to : State.values()) {
        Lifecycle lifecycle = in(from);
        if (Set.copyOf(DRAWN.get(from)).contains(to)) {
          assertThat(lifecycle.to(to, "why")).isEqualTo(from != to);
          assertThat(lifecycle.status()).isEqualTo(new Status(to, "why"));
        } else {
          assertThatThrownBy(() -> lifecycle.to(to, "why"))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("from " + from + " to " + to);
        }
      }
    }
  }
}
