package dev.freshcut.jobstreams.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** When a schedule fires: the same instants for everybody who asks. */
public sealed interface Timing permits Every, Cron {
  /** The first firing after an instant. */
  Instant next(Instant after);

  /** The last firing after {@code after} and not after {@code until}; empty if there is none. */
  Optional<Instant> latest(Instant after, Instant until);

  /** The same text for the same timing; a schedule whose text changes begins anew. */
  String definition();

  /**
   * Every so often, counted from 1970-01-01T00:00Z.
   *
   * @param interval 1 s to 366 days, in whole seconds
   */
  static Timing every(Duration interval) {
    return new Every(interval);
  }

  /**
   * By a cron expression of five fields (minute, hour, day of month, month, day of week) in a zone.
   * Where the clock is put forward, what would have fired in the hour that is left out fires once
   * at its end. Where it is put back, a fixed hour that comes twice fires the first time; an
   * expression whose hour is {@code *} fires in both.
   *
   * @throws IllegalArgumentException if it is not such an expression, or never fires
   */
  static Timing cron(String expression, ZoneId zone) {
    return new Cron(expression, zone);
  }
}
