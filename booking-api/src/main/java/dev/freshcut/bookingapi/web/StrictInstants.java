package dev.freshcut.bookingapi.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads instants from ISO 8601 text with an offset only: not from numbers, whose unit a client may
 * have mistaken, and not from years that PostgreSQL or a reader would stumble over.
 */
final class StrictInstants extends StdDeserializer<Instant> {
  StrictInstants() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw context.weirdStringException(parser.getString(), Instant.class, "not text");
    }
    String text = parser.getString();
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (Years.include(time.getYear())) {
        return time.toInstant();
      }
    } catch (DateTimeException e) {
      // Answered below.
    }
    throw context.weirdStringException(text, Instant.class, "not in the form wanted");
  }
}
