package dev.freshcut.bookingapi.slot;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a location says about booking.
 *
 * @param zone its time zone
 * @param stepMinutes between the start times that are offered
 * @param minimumNoticeMinutes an appointment starts at least this long after a client makes it
 * @param horizonDays an appointment's local date is at most this many days after today's
 * @param sameDayCutOff local time from which clients can no longer book today; null is never
 * @param cancellationWindowMinutes clients move and cancel at least this long before the start
 * @param confirmationRequired what clients book is pending until staff confirm it
 */
public record BookingPolicy(
    ZoneId zone,
    int stepMinutes,
    int minimumNoticeMinutes,
    int horizonDays,
    @Nullable LocalTime sameDayCutOff,
    int cancellationWindowMinutes,
    boolean confirmationRequired) {
  static final int DEFAULT_STEP_MINUTES = 15;
  static final int DEFAULT_NOTICE_MINUTES = 60;
  static final int DEFAULT_HORIZON_DAYS = 90;

  /** The longest horizon that a location can set. */
  static final int MAX_HORIZON_DAYS = 730;

  /** For whom a time is wanted. */
  public enum Booker {
    /** Whoever keeps to the location's notice, cut-off and window. */
    CLIENT,
    /** The shop's people, who may do without. */
    STAFF
  }

  Duration step() {
    return Duration.ofMinutes(stepMinutes);
  }

  /** The local date of an instant. */
  public LocalDate localDate(Instant instant) {
    return LocalDate.ofInstant(instant, zone);
  }

  /** The earliest start of an appointment that is made now. */
  Instant earliest(Instant now, Booker booker) {
    return now.plus(Duration.ofMinutes(notice(booker)));
  }

  private int notice(Booker booker) {
    return booker == Booker.STAFF ? 0 : minimumNoticeMinutes;
  }

  /** Why an appointment can't be made now to start then, if it can't. */
  public Optional<Refusal> refusal(Instant start, Instant now, Booker booker) {
    return start.isBefore(earliest(now, booker))
        ? Optional.of(new Refusal.TooSoon(notice(booker)))
        : refusal(localDate(start), now, booker);
  }

  /** Why no appointment can be made now on that date, if none can. */
  Optional<Refusal> refusal(LocalDate date, Instant now, Booker booker) {
    LocalDate today = localDate(now);
    if (booker == Booker.CLIENT
        && sameDayCutOff != null
        && date.equals(today)
        && !LocalTime.ofInstant(now, zone).isBefore(sameDayCutOff)) {
      return Optional.of(new Refusal.PastCutOff(sameDayCutOff));
    }
    if (date.isAfter(today.plusDays(horizonDays))) {
      return Optional.of(new Refusal.TooFar(horizonDays));
    }
    return Optional.empty();
  }

  /** Why an appointment that starts then can't be moved or cancelled now, if it can't. */
  public Optional<Refusal> changeRefusal(Instant start, Instant now, Booker booker) {
    return booker == Booker.CLIENT
            && start.isBefore(now.plus(Duration.ofMinutes(cancellationWindowMinutes)))
        ? Optional.of(new Refusal.WindowClosed(cancellationWindowMinutes))
        : Optional.empty();
  }
}
