package dev.freshcut.coherentcache.model;

import java.time.Duration;

/** How soon a change must be reflected in a family's entries. */
public sealed interface Freshness {
  /** Every eviction is applied at once. */
  record Strict() implements Freshness {}

  /**
   * At most one eviction of a pattern per interval; later ones are held back until it has passed.
   *
   * @param interval 1 s to 1 h
   */
  record Bounded(Duration interval) implements Freshness {}
}
