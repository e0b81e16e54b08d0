package dev.freshcut.jobstreams;

import java.util.regex.Pattern;

/** The form of what people name. */
public final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /** Longest id, group or uniqueness key, in characters. */
  public static final int LONGEST_KEY = 200;

  private Names() {}

  /**
   * Checks a name that operators see and type.
   *
   * @throws IllegalArgumentException unless it has 1 to 64 of a–z, 0–9, dot, underscore and dash
   */
  public static String check(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what
              + " '"
              + name
              + "' is not a name: use 1 to 64 of a-z, 0-9, '.', '_' and '-', first a letter or digit");
    }
    return name;
  }

  /**
   * Checks an id, group or uniqueness key.
   *
   * @throws IllegalArgumentException unless it has 1 to 200 visible ASCII characters, no braces
   */
  public static String checkKey(String what, String key) {
    boolean visible = key.chars().allMatch(c -> c > ' ' && c < 127 && c != '{' && c != '}');
    if (key.isEmpty() || key.length() > LONGEST_KEY || !visible) {
      throw new IllegalArgumentException(
          what + " must have 1 to " + LONGEST_KEY + " visible ASCII characters without braces");
    }
    return key;
  }
}
