package dev.freshcut.bookingapi.waitinglist;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an entry stands. The schema has the same names, and a trigger for the transitions. */
enum State {
  /** No time has been found. */
  WAITING,
  /** A time is held for the customer. */
  OFFERED,
  /** She took it: it is an appointment. */
  ACCEPTED,
  /** She did not want it. */
  DECLINED,
  /** The offer, or the dates, went by. */
  EXPIRED,
  /** She waits no longer. */
  CANCELLED;

  static State of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }

  /** As written in the database and in answers. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
