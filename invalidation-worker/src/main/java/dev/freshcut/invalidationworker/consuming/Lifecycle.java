package dev.freshcut.invalidationworker.consuming;

import java.util.EnumSet;
import java.util.Set;

/**
 * The state of one consumer.
 *
 * <pre>
 *   STARTING ──▶ RUNNING ◀──▶ PAUSED
 *      │            │            │      STARTING also goes to PAUSED
 *      └────────────┴────────────┴──▶ STOPPED
 * </pre>
 */
public final class Lifecycle {
  private volatile Status status = new Status(State.STARTING, "joining the consumer group");

  /** The states. */
  public enum State {
    /** Not yet a member of the consumer group, or its partitions have no position yet. */
    STARTING,
    /** Changes are being turned into evictions. */
    RUNNING,
    /** Waiting for a server to come back; nothing is skipped. */
    PAUSED,
    /** For good. */
    STOPPED;

    private Set<State> next() {
      return switch (this) {
        case STARTING -> EnumSet.of(RUNNING, PAUSED, STOPPED);
        case RUNNING -> EnumSet.of(PAUSED, STOPPED);
        case PAUSED -> EnumSet.of(RUNNING, STOPPED);
        case STOPPED -> EnumSet.noneOf(State.class);
      };
    }
  }

  /**
   * A state, and why.
   *
   * @param reason for people; empty while running
   */
  public record Status(State state, String reason) {}

  /** The current state. */
  public Status status() {
    return status;
  }

  /**
   * The one way to another state; staying in the same may change the reason.
   *
   * @return whether the state is another one now
   * @throws IllegalStateException if there is no such way
   */
  synchronized boolean to(State state, String reason) {
    State from = status.state();
    if (from != state && !from.next().contains(state)) {
      throw new IllegalStateException("a consumer can't go from " + from + " to " + state);
    }
    status = new Status(state, reason);
    return from != state;
  }
}
