package dev.freshcut.bookingapi.slot;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * One barber's local date, whatever the service: the one definition of free time. Independent of
 * the clock. It is what is cached of her slots, so its times are plain numbers: seconds since 1970,
 * the begin and end of each stretch in turn. Parts of seconds, which the database can have, are
 * rounded so that nothing becomes free that is not; whoever books keeps to whole minutes.
 *
 * <p>Hours are read off the wall clock. Where it jumps forward over a bound, the bound is the jump;
 * where it shows a time twice, the first counts. Bounds so keep their order, and hours that touch
 * still touch. In between time passes as it does: hours from 00:00 to 06:00 are five or seven hours
 * long where the clock changes by one.
 *
 * @param from the first second of the date
 * @param until the first of the next
 * @param hours when she works, in order; they may touch
 * @param absences when she does not though the hours say so
 * @param taken by other appointments, with their buffers
 */
@SuppressWarnings("ArrayRecordComponent") // days are not compared, and copies would cost
record WorkingDay(long from, long until, long[] hours, long[] absences, long[] taken) {

  /**
   * A day.
   *
   * @param hours must not overlap
   */
  static WorkingDay of(
      LocalDate date,
      ZoneId zone,
      List<LocalHours> hours,
      List<TimeRange> absences,
      List<TimeRange> taken) {
    TimeRange whole = Calendar.dayOf(date, date, zone);
    return new WorkingDay(
        whole.from().getEpochSecond(),
        whole.until().getEpochSecond(),
        hours.stream()
            .sorted(Comparator.comparingInt(LocalHours::opensMinute))
            .flatMapToLong(
                local ->
                    LongStream.of(
                        at(date, local.opensMinute(), zone), at(date, local.closesMinute(), zone)))
            .toArray(),
        seconds(absences),
        seconds(taken));
  }

  private static long at(LocalDate date, int minuteOfDay, ZoneId zone) {
    return WallClock.at(date.atTime(LocalTime.MIDNIGHT).plusMinutes(minuteOfDay), zone)
        .getEpochSecond();
  }

  private static long[] seconds(List<TimeRange> ranges) {
    return ranges.stream()
        .flatMapToLong(range -> LongStream.of(range.from().getEpochSecond(), ceil(range.until())))
        .toArray();
  }

  private static long ceil(Instant instant) {
    return instant.getEpochSecond() + (instant.getNano() == 0 ? 0 : 1);
  }

  private static long ceil(Duration duration) {
    return duration.plusNanos(999_999_999).toSeconds();
  }

  /** Whether the barber works all that time. */
  boolean covers(TimeRange service) {
    return isWithinHours(service)
        && !overlaps(absences, service.from().getEpochSecond(), ceil(service.until()));
  }

  /** The same, whatever the absences. */
  boolean isWithinHours(TimeRange service) {
    for (int i = 0; i < hours.length; i += 2) {
      if (service.from().getEpochSecond() >= hours[i] && ceil(service.until()) <= workEnd(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether other appointments have some of that time. */
  boolean isTaken(TimeRange busy) {
    return overlaps(taken, busy.from().getEpochSecond(), ceil(busy.until()));
  }

  /** Whether the time lies within the local date. */
  boolean isWithinDate(TimeRange busy) {
    return isWithinDate(busy.from().getEpochSecond(), ceil(busy.until()));
  }

  private boolean isWithinDate(long busyFrom, long busyUntil) {
    return busyFrom >= from && busyUntil <= until;
  }

  /** The hours, joined where they touch, whatever the absences. */
  List<TimeRange> stretches() {
    List<TimeRange> stretches = new ArrayList<>();
    for (int i = 0; i < hours.length; i += 2) {
      if (i == 0 || hours[i] != hours[i - 1]) {
        stretches.add(
            new TimeRange(Instant.ofEpochSecond(hours[i]), Instant.ofEpochSecond(workEnd(i))));
      }
    }
    return stretches;
  }

  /** When the work ends in which these hours lie: hours that touch are one stretch of it. */
  private long workEnd(int index) {
    int last = index;
    while (last + 2 < hours.length && hours[last + 2] == hours[last + 1]) {
      last += 2;
    }
    return hours[last + 1];
  }

  /**
   * When an appointment could start: every step from the beginning of each of the hours, as long as
   * the service itself lies within working time and clear of absences, and the service with its
   * buffers within the date and clear of other appointments.
   *
   * @return seconds since 1970, in order of time
   */
  long[] starts(Terms terms, Duration step) {
    long duration = ceil(terms.duration());
    long before = ceil(terms.bufferBefore());
    long after = ceil(terms.duration().plus(terms.bufferAfter()));
    LongStream.Builder starts = LongStream.builder();
    for (int i = 0; i < hours.length; i += 2) {
      long last = Math.min(workEnd(i) - duration, hours[i + 1] - 1);
      for (long start = hours[i]; start <= last; start += step.toSeconds()) {
        if (isWithinDate(start - before, start + after)
            && !overlaps(absences, start, start + duration)
            && !overlaps(taken, start - before, start + after)) {
          starts.add(start);
        }
      }
    }
    return starts.build().toArray();
  }

  private static boolean overlaps(long[] ranges, long from, long until) {
    for (int i = 0; i < ranges.length; i += 2) {
      if (ranges[i] < until && from < ranges[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
