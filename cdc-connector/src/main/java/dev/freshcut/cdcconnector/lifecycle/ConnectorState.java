package dev.freshcut.cdcconnector.lifecycle;

import java.util.Set;

/**
 * Where the connector stands.
 *
 * <pre>
 *           STANDBY ───────────▶ RETRYING
 *             │ ▲                  │  ▲ ▲
 *             ▼ │                  ▼  │ │
 * STOPPED ─▶ STARTING ◀────────────┘  │ │
 *             ▲ │ │ └─────────────────┘ │
 *             │ │ └──▶ STREAMING ───────┘
 *             │ ▼          │
 *            BLOCKED ◀─────┘
 *
 * any ─▶ STOPPED
 * </pre>
 */
public enum ConnectorState {
  /** Not started, or stopped on purpose. */
  STOPPED,
  /** Connecting, checking, and making ready the slot and the topics. */
  STARTING,
  /** Another instance, or another consumer of the slot, is active; takes over when it is gone. */
  STANDBY,
  /** The database or Kafka lacks something that people have to mend; looks again by itself. */
  BLOCKED,
  /** Changes flow. */
  STREAMING,
  /** After a fault, pausing before the next attempt. */
  RETRYING;

  /** Whether this state may follow. */
  boolean mayBecome(ConnectorState next) {
    return next == STOPPED
        || switch (this) {
          case STOPPED, BLOCKED, RETRYING -> next == STARTING;
          case STARTING -> Set.of(STANDBY, BLOCKED, STREAMING, RETRYING).contains(next);
          case STANDBY -> next == STARTING || next == RETRYING;
          case STREAMING -> next == BLOCKED || next == RETRYING;
        };
  }
}
