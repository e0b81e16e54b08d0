package dev.freshcut.coherentcache.model;

import org.jspecify.annotations.Nullable;

/** The text of keys and patterns. */
final class KeyText {
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
}
