package dev.freshcut.bookingapi.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** What a value must look like, in words for clients. */
final class ParameterForms {
  static final String INSTANT =
      "must be a time with offset, in the years 2000 to 2199, such as 2026-11-20T10:00:00+01:00";

  private ParameterForms() {}

  /** For text that could not be converted to this type. */
  static String expected(Class<?> type) {
    if (type == long.class || type == Long.class) {
      return "must be a whole number below 2^63";
    }
    if (type == int.class || type == Integer.class) {
      return "must be a whole number below 2^31";
    }
    if (type == LocalDate.class) {
      return "must be a calendar date such as 2026-11-20, once";
    }
    if (type == Instant.class) {
      return INSTANT;
    }
    if (type == String.class) {
      return "must be text without halves of characters (unpaired surrogates)";
    }
    return type.isEnum() ? oneOf(type.getEnumConstants()) : "is not acceptable";
  }

  /** As they are written in requests. */
  static String oneOf(Object... constants) {
    return Arrays.stream(constants)
        .map(each -> JsonMapper.shared().valueToTree(each).asString())
        .collect(Collectors.joining(", ", "must be one of ", ""));
  }
}
