package dev.freshcut.bookingapi.security;

import dev.freshcut.bookingapi.web.Word;

/** What a user is. The schema has the same names. */
public enum Role implements Word {
  /** Books for herself and sees what is hers. */
  CLIENT,
  /** Sees and changes the schedule and the appointments of her location. */
  BARBER,
  /** Sees and changes everything of her location. */
  OWNER,
  /** Runs the platform. */
  OPERATOR;

  /** Whether a user of this role works at one location. */
  public boolean worksAtLocation() {
    return this == BARBER || this == OWNER;
  }
}
