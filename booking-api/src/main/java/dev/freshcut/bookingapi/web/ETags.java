package dev.freshcut.bookingapi.web;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Entity tags (RFC 9110): a resource's version in quotes. */
final class ETags {
  private static final String ANY = "*";
  private static final String WEAK = "W/";

  private ETags() {}

  static String of(Versioned resource) {
    return "\"" + resource.entityTag() + "\"";
  }

  static String of(long version) {
    return "\"" + version + "\"";
  }

  /** Whether one of the tags is this; those of {@code If-Match} are compared strongly. */
  static boolean match(List<String> headers, String tag, boolean strongly) {
    return tags(headers)
        .map(text -> !strongly && text.startsWith(WEAK) ? text.substring(WEAK.length()) : text)
        .anyMatch(text -> text.equals(ANY) || text.equals(tag));
  }

  /** No tag of ours has a comma in it, so that a foreign one may be cut in two. */
  private static Stream<String> tags(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(String::strip);
  }
}
