package dev.freshcut.bookingapi;

/** Checks what settings say. */
public final class Bounds {
  private Bounds() {}

  /**
   * Requires a value within bounds, which are included.
   *
   * @param setting its whole name
   * @throws IllegalArgumentException if it is not
   */
  public static <T extends Comparable<T>> void between(String setting, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is %s, must be within %s and %s".formatted(setting, value, least, most));
    }
  }
}
