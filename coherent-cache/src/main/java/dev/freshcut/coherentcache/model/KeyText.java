package dev.freshcut.coherentcache.model;

import org.jspecify.annotations.Nullable;

/** The text of keys and patterns. */
final class KeyText {
  private static final java.util.regex.Pattern SEGMENT =
      java.util.regex.Pattern.compile("[A-Za-z0-9._+%~-]+");

  private KeyText() {}

  /** {@code family:{scope}:segment:segment}, with {@code *} for what is not bound. */
  static String of(Family family, @Nullable String[] segments) {
    StringBuilder text = new StringBuilder(64).append(family.name()).append(':');
    String scope = segments[0];
    if (scope == null) {
      text.append('*');
    } else {
      text.append('{').append(scope).append('}');
    }
    text.append(':');
    for (int i = 1; i < segments.length; i++) {
      if (i > 1) {
        text.append(':');
      }
      String segment = segments[i];
      text.append(segment == null ? "*" : segment);
    }
    return text.toString();
  }

  /** The inverse of {@link #of}; null if it is not the text of a pattern of this family. */
  static @Nullable String @Nullable [] segments(Family family, String text) {
    String[] parts = text.split(":", -1);
    @Nullable String[] segments = new String[family.variables().size()];
    boolean member = segments.length > 1 || parts[parts.length - 1].isEmpty();
    if (!member || parts.length != Math.max(2, segments.length) + 1) {
      return null;
    }
    boolean open = true;
    for (int i = 0; i < segments.length; i++) {
      String part = parts[i + 1];
      if (part.equals("*")) {
        continue;
      }
      boolean braces = part.startsWith("{") && part.endsWith("}");
      String segment = i == 0 && braces ? part.substring(1, part.length() - 1) : part;
      if ((i == 0) != braces || !SEGMENT.matcher(segment).matches()) {
        return null;
      }
      segments[i] = segment;
      open = false;
    }
    return open || segments[0] != null ? segments : null;
  }
}
