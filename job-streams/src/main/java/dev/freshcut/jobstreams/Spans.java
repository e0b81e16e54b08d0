package dev.freshcut.jobstreams;

import java.time.Duration;

/** How long anything about a job may last. */
public final class Spans {
  /** Longest span of any kind. */
  public static final Duration LONGEST = Duration.ofDays(366);

  private Spans() {}

  /**
   * Checks that a span is from nothing to {@link #LONGEST}.
   *
   * @throws IllegalArgumentException naming what it is of
   */
  public static void check(String what, Duration span) {
    if (span.isNegative() || span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " is " + span + ": from nothing to " + LONGEST.toDays() + " days");
    }
  }

  /**
   * Checks that a span is from 1 ms to {@link #LONGEST}.
   *
   * @throws IllegalArgumentException naming what it is of
   */
  public static void checkWait(String what, Duration span) {
    if (span.compareTo(Duration.ofMillis(1)) < 0 || span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " " + span + ": from 1 ms to " + LONGEST.toDays() + " days");
    }
  }
}
