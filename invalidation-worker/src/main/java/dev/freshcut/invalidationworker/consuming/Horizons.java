package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.OptionalLong;

/**
 * The database's horizons of the last minutes, to know the one that no load under way can have
 * begun before. Safe for use by many threads.
 */
public final class Horizons {
  private static final int SAMPLES = 32;

  private final Duration age;
  private final ArrayDeque<Watermark> samples = new ArrayDeque<>();
  private OptionalLong matured = OptionalLong.empty();

  /** Gives horizons that are at least this old, by the database's clock. */
  public Horizons(Duration age) {
    this.age = age;
  }

  /** Takes note of a watermark that has been written. */
  synchronized void add(Watermark watermark) {
    Watermark last = samples.peekLast();
    if (last == null
        || !watermark
            .committedBefore()
            .isBefore(last.committedBefore().plus(age.dividedBy(SAMPLES)))) {
      samples.addLast(watermark);
    }
    Instant limit = watermark.committedBefore().minus(age);
    for (Watermark first = samples.peekFirst();
        first != null && !first.committedBefore().isAfter(limit);
        first = samples.peekFirst()) {
      matured = OptionalLong.of(first.horizon());
      samples.removeFirst();
    }
  }

  /** The newest horizon that is old enough; empty for as long after the start. */
  public synchronized OptionalLong matured() {
    return matured;
  }
}
