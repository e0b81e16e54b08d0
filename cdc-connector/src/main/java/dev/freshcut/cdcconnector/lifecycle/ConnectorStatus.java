package dev.freshcut.cdcconnector.lifecycle;

import dev.freshcut.cdcconnector.postgres.SlotStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The connector's state and what was last seen of its slot. Thread-safe. */
public final class ConnectorStatus {
  private ConnectorState state = ConnectorState.STOPPED;
  private String detail = "not started";
  private @Nullable SlotStatus slot;
  private long failures;
  private long gaps;

  /**
   * Moves to another state.
   *
   * @param why one line for people
   * @throws IllegalStateException if that state cannot follow
   */
  synchronized void become(ConnectorState next, String why) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(state + " cannot become " + next);
    }
    if (next == ConnectorState.RETRYING) {
      failures++;
    }
    state = next;
    detail = why;
  }

  synchronized void sawSlot(@Nullable SlotStatus seen) {
    slot = seen;
  }

  synchronized void announcedGap() {
    gaps++;
  }

  /** Where the connector stands. */
  public synchronized ConnectorState state() {
    return state;
  }

  /** Why it stands there, in one line. */
  public synchronized String detail() {
    return detail;
  }

  /** The slot as last seen. */
  public synchronized Optional<SlotStatus> slot() {
    return Optional.ofNullable(slot);
  }

  /** Attempts that ended by a fault. */
  public synchronized long failures() {
    return failures;
  }

  /** Gaps announced. */
  public synchronized long gaps() {
    return gaps;
  }
}
