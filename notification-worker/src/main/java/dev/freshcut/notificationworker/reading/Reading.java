package dev.freshcut.notificationworker.reading;

import org.jspecify.annotations.Nullable;

/** What one record turned out to be. */
public sealed interface Reading {
  /** Something to work on. */
  record Told(Fact fact) implements Reading {}

  /** Nothing that anybody is told of. */
  record Ignored() implements Reading {}

  /**
   * A record that can't be understood.
   *
   * @param kind an upper-case word, from a small set
   * @param reason for people, without the row's values
   * @param cause the exception behind it, if any
   */
  record Poison(String kind, String reason, @Nullable Throwable cause) implements Reading {}
}
