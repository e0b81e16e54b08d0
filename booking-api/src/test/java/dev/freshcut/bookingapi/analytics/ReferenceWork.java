package dev.freshcut.bookingapi.analytics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What barbers work, and what of it is booked, minute by minute. */
final class ReferenceWork extends ReferenceRows {
  private final Map<LocalDate, List<long[]>> work = new TreeMap<>();

  ReferenceWork(ShopRows shop) {
    super(shop);
  }

  /** Barber, minutes of work, minutes of these that are booked. */
  private List<long[]> work(LocalDate date) {
    return work.computeIfAbsent(
        date,
        day -> {
          List<long[]> all = new ArrayList<>();
          for (long barber : shop.activeBarbers()) {
            all.add(count(barber, day));
          }
          return all;
        });
  }

  private long[] count(long barber, LocalDate day) {
    Instant begin = day.atStartOfDay(shop.zone()).toInstant();
    Instant end = day.plusDays(1).atStartOfDay(shop.zone()).toInstant();
    List<Instant> minutes = new ArrayList<>();
    for (Instant at = begin; at.isBefore(end); at = at.plus(1, ChronoUnit.MINUTES)) {
      minutes.add(at);
    }
    Set<Instant> working = new HashSet<>();
    ShopRows.Special special = shop.special().get(day);
    for (ShopRows.Hours hours : shop.hours()) {
      if (hours.barber() != barber || hours.weekday() != day.getDayOfWeek().getValue()) {
        continue;
      }
      int opens = hours.opens().toSecondOfDay() / 60;
      int closes = hours.closesMinute();
      if (special != null) {
        if (special.opens() == null) {
          continue;
        }
        opens = Math.max(opens, special.opens().toSecondOfDay() / 60);
        closes = Math.min(closes, special.closesMinute());
      }
      if (opens < closes) {
        working.addAll(
            minutes.subList(firstShowing(minutes, opens), firstShowing(minutes, closes)));
      }
    }
    for (ShopRows.Absence away : shop.absences()) {
      if (away.barber() == null || away.barber() == barber) {
        working.removeIf(at -> !at.isBefore(away.from()) && at.isBefore(away.until()));
      }
    }
    long booked =
        working.stream()
            .filter(
                at ->
                    appointments(day, day, TAKING_TIME).stream()
                        .anyMatch(
                            each ->
                                each.barber() == barber
                                    && !at.isBefore(each.starts())
                                    && at.isBefore(each.ends())))
            .count();
    return new long[] {barber, working.size(), booked};
  }

  /** The first minute at which the clock on the wall shows this one or a later. */
  private int firstShowing(List<Instant> minutes, int minuteOfDay) {
    for (int i = 0; i < minutes.size(); i++) {
      if (LocalTime.ofInstant(minutes.get(i), shop.zone()).toSecondOfDay() / 60 >= minuteOfDay) {
        return i;
      }
    }
    return minutes.size();
  }

  /** The same of all barbers, and of some dates. */
  Map<Long, long[]> work(LocalDate from, LocalDate to) {
    Map<Long, long[]> sums = new TreeMap<>();
    from.datesUntil(to.plusDays(1))
        .forEach(
            day ->
                work(day)
                    .forEach(
                        each -> {
                          long[] sum = sums.computeIfAbsent(each[0], b -> new long[2]);
                          sum[0] += each[1];
                          sum[1] += each[2];
                        }));
    return sums;
  }
}
