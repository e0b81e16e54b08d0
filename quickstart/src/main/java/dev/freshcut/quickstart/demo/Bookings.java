package dev.freshcut.quickstart.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Fills a barber's days with appointments, about half of her time. The same generator state gives
 * the same appointments.
 */
final class Bookings {
  private static final int STEP_MINUTES = 15;
  private static final double BUSY = 0.55;

  /** An appointment without its row's ids: indexes into the shop's lists instead. */
  record Booking(int service, int customer, Instant startsAt, String status) {}

  private final Shop shop;
  private final int customers;
  private final Instant now;
  private final RandomGenerator random;

  Bookings(Shop shop, int customers, Instant now, RandomGenerator random) {
    this.shop = shop;
    this.customers = customers;
    this.now = now;
    this.random = random;
  }

  /** Appointments of one barber from the first day to before the last. */
  List<Booking> of(Shop.Barber barber, LocalDate first, LocalDate last) {
    List<Booking> bookings = new ArrayList<>();
    first
        .datesUntil(last)
        .filter(day -> barber.days().contains(day.getDayOfWeek()))
        .forEach(day -> barber.hours().forEach(hours -> fill(day, hours, bookings)));
    return bookings;
  }

  private void fill(LocalDate day, Shop.Hours hours, List<Booking> bookings) {
    LocalTime at = hours.from();
    while (at.isBefore(hours.until())) {
      int index = random.nextInt(shop.services().size());
      Shop.Service service = shop.services().get(index);
      int minutes = service.minutes() + service.bufferAfterMinutes();
      boolean fits = !at.plusMinutes(minutes).isAfter(hours.until());
      if (fits && random.nextDouble() < BUSY) {
        Instant startsAt = LocalDateTime.of(day, at).atZone(shop.zone()).toInstant();
        bookings.add(new Booking(index, random.nextInt(customers), startsAt, status(startsAt)));
        at = at.plusMinutes(Math.ceilDiv(minutes, STEP_MINUTES) * (long) STEP_MINUTES);
      } else {
        at = at.plusMinutes(2L * STEP_MINUTES);
      }
    }
  }

  private String status(Instant startsAt) {
    int dice = random.nextInt(100);
    if (dice < 6) {
      return "cancelled";
    }
    if (!startsAt.isBefore(now)) {
      return "confirmed";
    }
    return dice < 10 ? "no_show" : "completed";
  }
}
