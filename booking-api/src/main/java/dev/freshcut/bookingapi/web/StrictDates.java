package dev.freshcut.bookingapi.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads dates from text such as {@code 2026-11-20} only: not from numbers or arrays, not with a
 * time, and not from years that PostgreSQL or a reader would stumble over.
 */
final class StrictDates extends StdDeserializer<LocalDate> {
  StrictDates() {
    super(LocalDate.class);
  }

  @Override
  public LocalDate deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw context.weirdStringException(parser.getString(), LocalDate.class, "not text");
    }
    String text = parser.getString();
    try {
      LocalDate date = LocalDate.parse(text);
      if (Years.include(date.getYear())) {
        return date;
      }
    } catch (DateTimeException e) {
      // Answered below.
    }
    throw context.weirdStringException(text, LocalDate.class, "not in the form wanted");
  }
}
