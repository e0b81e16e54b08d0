package dev.freshcut.bookingapi.web;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes times as {@link DateTimeFormatter#ISO_OFFSET_DATE_TIME} does, and quicker: an answer with
 * slots is little else.
 */
final class OffsetTimes extends StdSerializer<OffsetDateTime> {
  OffsetTimes() {
    super(OffsetDateTime.class);
  }

  @Override
  public void serialize(OffsetDateTime time, JsonGenerator json, SerializationContext context) {
    json.writeString(text(time));
  }

  static String text(OffsetDateTime time) {
    int year = time.getYear();
    int offset = time.getOffset().getTotalSeconds();
    if (year < 1000 || year > 9999 || time.getNano() != 0 || offset % 60 != 0) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time); // longer or shorter than usual
    }
    StringBuilder text = new StringBuilder(25).append(year);
    append(text, '-', time.getMonthValue());
    append(text, '-', time.getDayOfMonth());
    append(text, 'T', time.getHour());
    append(text, ':', time.getMinute());
    append(text, ':', time.getSecond());
    if (offset == 0) {
      return text.append('Z').toString();
    }
    int minutes = Math.abs(offset / 60);
    append(text, offset < 0 ? '-' : '+', minutes / 60);
    append(text, ':', minutes % 60);
    return text.toString();
  }

  private static void append(StringBuilder text, char before, int twoDigits) {
    text.append(before).append((char) ('0' + twoDigits / 10)).append((char) ('0' + twoDigits % 10));
  }
}
