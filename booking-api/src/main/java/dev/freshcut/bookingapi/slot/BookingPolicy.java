package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.web.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a location says about booking.
 *
 * @param zone its time zone
 * @param stepMinutes between the start times that are offered
 * @param minimumNoticeMinutes an appointment starts at least this long after it is made
 * @param horizonDays an appointment's local date is at most this many days after today's
 */
public record BookingPolicy(
    ZoneId zone, int stepMinutes, int minimumNoticeMinutes, int horizonDays) {
  static final int DEFAULT_STEP_MINUTES = 15;
  static final int DEFAULT_NOTICE_MINUTES = 60;
  static final int DEFAULT_HORIZON_DAYS = 90;

  /** The longest horizon that a location can set. */
  static final int MAX_HORIZON_DAYS = 730;

  Duration step() {
    return Duration.ofMinutes(stepMinutes);
  }

  /** The local date of an instant. */
  public LocalDate localDate(Instant instant) {
    return LocalDate.ofInstant(instant, zone);
  }

  /** Why an appointment can't start then, if it can't. */
  public Optional<ProblemType> refusal(Instant start, Instant now) {
    if (start.isBefore(now.plus(Duration.ofMinutes(minimumNoticeMinutes)))) {
      return Optional.of(ProblemType.TOO_SHORT_NOTICE);
    }
    if (localDate(start).isAfter(localDate(now).plusDays(horizonDays))) {
      return Optional.of(ProblemType.BEYOND_HORIZON);
    }
    return Optional.empty();
  }
}
