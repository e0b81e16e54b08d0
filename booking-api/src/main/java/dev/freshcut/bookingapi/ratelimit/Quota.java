package dev.freshcut.bookingapi.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests may be made in a minute, an hour and a day; all three hold together.
 *
 * @param minute 1 to {@code hour}
 * @param hour up to {@code day}
 * @param day up to 10 million
 * @param evenly whether requests come back one by one, or all at the end of the window
 */
public record Quota(long minute, long hour, long day, boolean evenly) {
  private static final long MOST = 10_000_000;
  private static final Pattern FORM = Pattern.compile("(\\d{1,8})/(\\d{1,8})/(\\d{1,8})");

  /** One of the three. */
  record Window(String name, long requests, Duration length) {}

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException with the reason and the mend
   */
  public Quota {
    if (minute < 1 || minute > hour || hour > day || day > MOST) {
      throw new IllegalArgumentException(
          "the quota %d/%d/%d must be at least 1, not fall from minute to hour to day, and be at most %d"
              .formatted(minute, hour, day, MOST));
    }
  }

  /** One whose requests come back evenly. */
  public Quota(long minute, long hour, long day) {
    this(minute, hour, day, true);
  }

  /** One whose requests come back all at once. */
  static Quota atOnce(long minute, long hour, long day) {
    return new Quota(minute, hour, day, false);
  }

  /**
   * As written in settings: {@code minute/hour/day}, such as {@code 20/200/1000}. Named for
   * Spring's conversion.
   */
  public static Quota valueOf(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "the quota %s must be requests a minute, an hour and a day, such as 20/200/1000"
              .formatted(text));
    }
    return new Quota(
        Long.parseLong(form.group(1)),
        Long.parseLong(form.group(2)),
        Long.parseLong(form.group(3)));
  }

  List<Window> windows() {
    return List.of(
        new Window("minute", minute, Duration.ofMinutes(1)),
        new Window("hour", hour, Duration.ofHours(1)),
        new Window("day", day, Duration.ofDays(1)));
  }

  /** As in settings. */
  @Override
  public String toString() {
    return minute + "/" + hour + "/" + day;
  }
}
