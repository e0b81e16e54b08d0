package dev.freshcut.coherentcache.model;

import java.util.function.Predicate;

/** The names that a model file may use. */
final class Identifiers {
  /** What messages say about {@link #FAMILY}. */
  static final String FAMILY_RULE =
      "a lower-case letter followed by at most 63 lower-case letters, digits and dashes";

  /** What messages say about {@link #VARIABLE}. */
  static final String VARIABLE_RULE =
      "a lower-case letter followed by at most 62 lower-case letters, digits and underscores";

  /** What messages say about {@link #COLUMN} and each part of {@link #TABLE}. */
  static final String COLUMN_RULE =
      "a letter or underscore followed by at most 62 letters, digits and underscores";

  static final Predicate<String> FAMILY = matching("[a-z][a-z0-9-]{0,63}");
  static final Predicate<String> VARIABLE = matching("[a-z][a-z0-9_]{0,62}");
  static final Predicate<String> COLUMN = matching("[A-Za-z_][A-Za-z0-9_]{0,62}");
  static final Predicate<String> TABLE =
      matching("[A-Za-z_][A-Za-z0-9_]{0,62}\\.[A-Za-z_][A-Za-z0-9_]{0,62}");

  private Identifiers() {}

  private static Predicate<String> matching(String expression) {
    return java.util.regex.Pattern.compile(expression).asMatchPredicate();
  }
}
