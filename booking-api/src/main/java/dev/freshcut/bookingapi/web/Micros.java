package dev.freshcut.bookingapi.web;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times in keys of lists: microseconds since 1970, as fine as PostgreSQL's. */
public final class Micros {
  private Micros() {}

  /** Of a time. */
  public static long of(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** The time. Before 1970 there is nothing, and PostgreSQL's time has a beginning. */
  public static OffsetDateTime time(long micros) {
    return Instant.EPOCH.plus(Math.max(micros, 0), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
