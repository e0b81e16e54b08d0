package dev.freshcut.bookingapi.slot;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is cached of a barber's appointments that her day, as it is now, has no room for.
 *
 * @param conflicts in order of time
 */
record DayConflicts(ZoneId zone, List<Conflict> conflicts) {
  /** One of them, and why. */
  record Conflict(Busy appointment, Set<Reason> reasons) {}

  /** Why an appointment does not fit. */
  enum Reason {
    /** The hours of the weekday or of the special day have changed. */
    OUTSIDE_HOURS,
    /** The barber is away. */
    TIME_OFF,
    /** Nobody of the location works. */
    BLACKOUT;

    /** As written in answers. */
    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
