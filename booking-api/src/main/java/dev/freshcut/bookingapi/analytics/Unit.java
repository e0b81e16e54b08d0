package dev.freshcut.bookingapi.analytics;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.freshcut.bookingapi.web.InvalidParameterException;
import java.util.Locale;

/** Into what a period is cut: local days, ISO weeks, months. */
enum Unit {
  DAY,
  WEEK,
  MONTH;

  static Unit parse(String text) {
    for (Unit unit : values()) {
      if (unit.text().equals(text)) {
        return unit;
      }
    }
    throw new InvalidParameterException("must be day, week or month");
  }

  /** As in requests, in answers and for PostgreSQL's {@code date_trunc}. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
