package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.web.Word;

/**
 * Where an appointment stands. The schema has the same names, and a trigger that allows the same
 * transitions.
 */
public enum Status implements Word {
  /** A time kept for somebody for a while; not an appointment yet. */
  HELD,
  /** A hold that was released or is over. */
  EXPIRED,
  /** Wanted, and yet to be confirmed by the shop. */
  PENDING,
  /** Agreed. */
  CONFIRMED,
  /** It took place. */
  COMPLETED,
  /** The customer did not come. */
  NO_SHOW,
  /** Called off. */
  CANCELLED;

  /** Whether an appointment that stands here may come to stand there. */
  boolean mayBecome(Status next) {
    return switch (this) {
      case HELD -> next == PENDING || next == CONFIRMED || next == EXPIRED;
      case PENDING -> next == CONFIRMED || next == CANCELLED;
      case CONFIRMED -> next == COMPLETED || next == NO_SHOW || next == CANCELLED;
      case EXPIRED, COMPLETED, NO_SHOW, CANCELLED -> false;
    };
  }

  /** Whether the appointment may still be moved or cancelled. */
  boolean isOpen() {
    return this == PENDING || this == CONFIRMED;
  }

  /** Whether it is or was a hold and no more. */
  boolean isHold() {
    return this == HELD || this == EXPIRED;
  }
}
