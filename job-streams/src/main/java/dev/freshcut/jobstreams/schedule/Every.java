package dev.freshcut.jobstreams.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** See {@link Timing#every}. */
record Every(Duration interval) implements Timing {
  private static final Duration LONGEST = Duration.ofDays(366);

  Every {
    boolean whole = interval.equals(interval.truncatedTo(ChronoUnit.SECONDS));
    if (!whole || interval.toSeconds() < 1 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "interval is " + interval + ": whole seconds, from 1 s to " + LONGEST.toDays() + " days");
    }
  }

  @Override
  public Instant next(Instant after) {
    return floor(after).plus(interval);
  }

  @Override
  public Optional<Instant> latest(Instant after, Instant until) {
    return Optional.of(floor(until)).filter(firing -> firing.isAfter(after));
  }

  @Override
  public String definition() {
    return "every " + interval;
  }

  private Instant floor(Instant instant) {
    long seconds = interval.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), seconds) * seconds);
  }
}
