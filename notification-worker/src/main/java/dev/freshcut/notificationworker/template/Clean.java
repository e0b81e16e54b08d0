package dev.freshcut.notificationworker.template;

import java.util.regex.Pattern;

/**
 * Makes what people typed, such as names, safe to stand within a line: no line breaks or other
 * control characters, which would begin a header, and nothing that turns the text around it.
 */
public final class Clean {
  /** Controls, line and paragraph separators, halves of pairs. */
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");

  /** Marks, embeddings, overrides and isolates that change the direction; a byte order mark. */
  private static final Pattern TURNS =
      Pattern.compile("[\\u200E\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

  private static final Pattern SPACES = Pattern.compile("[\\p{Zs}]+");

  /** Letters that are written from right to left. */
  private static final Pattern RIGHT_TO_LEFT =
      Pattern.compile("[\\u0590-\\u08FF\\uFB1D-\\uFDFF\\uFE70-\\uFEFC]");

  private static final String ISOLATE = "\u2068";
  private static final String END_OF_ISOLATE = "\u2069";

  private Clean() {}

  /** The same on one line; may become empty. */
  public static String line(String text) {
    String unbroken = BREAKS.matcher(text).replaceAll(" ");
    return SPACES.matcher(TURNS.matcher(unbroken).replaceAll("")).replaceAll(" ").strip();
  }

  /** A line that, where it runs from right to left, leaves what stands after it in its place. */
  static String isolated(String line) {
    return RIGHT_TO_LEFT.matcher(line).find() ? ISOLATE + line + END_OF_ISOLATE : line;
  }

  /** At most so many characters, as people count them, with an ellipsis for what is cut. */
  static String cut(String line, int most) {
    if (line.codePointCount(0, line.length()) <= most) {
      return line;
    }
    // Three dots: the one character would make an SMS twice as long.
    return line.substring(0, line.offsetByCodePoints(0, most - 3)).strip() + "...";
  }
}
