package dev.freshcut.bookingapi.security;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a user is. The schema has the same names. */
public enum Role {
  /** Books for herself and sees what is hers. */
  CLIENT,
  /** Sees and changes the schedule and the appointments of her location. */
  BARBER,
  /** Sees and changes everything of her location. */
  OWNER,
  /** Runs the platform. */
  OPERATOR;

  /** From a column's text. */
  public static Role of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }

  /** As written in the database and in answers. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a user of this role works at one location. */
  public boolean worksAtLocation() {
    return this == BARBER || this == OWNER;
  }
}
