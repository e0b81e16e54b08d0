package dev.freshcut.quickstart.demo;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One location of the demo, as it is written down here; its rows follow from it.
 *
 * @param currency ISO 4217
 */
record Shop(
    String name, ZoneId zone, String currency, List<Barber> barbers, List<Service> services) {
  static final LocalTime OPENS = LocalTime.of(9, 0);
  static final LocalTime CLOSES = LocalTime.of(19, 0);
  static final Set<DayOfWeek> OPEN_ON = EnumSet.complementOf(EnumSet.of(DayOfWeek.SUNDAY));

  /** The two shops. */
  static final List<Shop> ALL =
      List.of(
          new Shop(
              "Freshcut Kreuzberg",
              ZoneId.of("Europe/Berlin"),
              "EUR",
              List.of(
                  new Barber("Jonas", OPEN_ON, Hours.LONG),
                  new Barber("Aylin", weekdays(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), Hours.EARLY),
                  new Barber("Marek", weekdays(DayOfWeek.TUESDAY, DayOfWeek.SATURDAY), Hours.LATE)),
              List.of(
                  new Service("Haircut", 30, 5, 3200),
                  new Service("Beard trim", 20, 0, 1800),
                  new Service("Haircut and beard", 50, 10, 4500),
                  new Service("Colour", 90, 10, 8900))),
          new Shop(
              "Freshcut Brooklyn",
              ZoneId.of("America/New_York"),
              "USD",
              List.of(
                  new Barber("Maya", OPEN_ON, Hours.LONG),
                  new Barber("Luis", weekdays(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), Hours.LATE),
                  new Barber(
                      "Theo", weekdays(DayOfWeek.WEDNESDAY, DayOfWeek.SATURDAY), Hours.LONG)),
              List.of(
                  new Service("Haircut", 30, 5, 4500),
                  new Service("Buzz cut", 15, 0, 2500),
                  new Service("Hot towel shave", 40, 5, 3800))));

  /** Somebody who cuts hair on some weekdays, the same hours on each. */
  record Barber(String name, Set<DayOfWeek> days, List<Hours> hours) {}

  /** A stretch of working time within a day. */
  record Hours(LocalTime from, LocalTime until) {
    static final List<Hours> LONG = List.of(of(9, 13), of(14, 18));
    static final List<Hours> EARLY = List.of(of(9, 15));
    static final List<Hours> LATE = List.of(of(12, 19));

    private static Hours of(int from, int until) {
      return new Hours(LocalTime.of(from, 0), LocalTime.of(until, 0));
    }
  }

  /**
   * Something that can be booked.
   *
   * @param priceMinor in cents
   */
  record Service(String name, int minutes, int bufferAfterMinutes, long priceMinor) {}

  private static Set<DayOfWeek> weekdays(DayOfWeek first, DayOfWeek last) {
    return EnumSet.range(first, last);
  }
}
