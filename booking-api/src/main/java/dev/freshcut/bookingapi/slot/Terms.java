package dev.freshcut.bookingapi.slot;

import java.time.Duration;
import java.time.Instant;

/**
 * What a service takes of a barber's time.
 *
 * @param duration of the appointment
 * @param bufferBefore kept free of other appointments before it
 * @param bufferAfter kept free of other appointments after it
 */
public record Terms(Duration duration, Duration bufferBefore, Duration bufferAfter) {
  /** Those of an appointment. */
  public static Terms between(TimeRange service, TimeRange busy) {
    return new Terms(
        Duration.between(service.from(), service.until()),
        Duration.between(busy.from(), service.from()),
        Duration.between(service.until(), busy.until()));
  }

  /** The time of an appointment that starts then. */
  public TimeRange service(Instant start) {
    return new TimeRange(start, start.plus(duration));
  }

  /** The same with its buffers. */
  public TimeRange busy(Instant start) {
    return new TimeRange(start.minus(bufferBefore), start.plus(duration).plus(bufferAfter));
  }
}
