package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.slot.SlotPage.Start;
import dev.freshcut.bookingapi.web.Missing;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Computes slots from the database. */
@Component
class SlotPages {
  private final Schedules schedules;

  SlotPages(Schedules schedules) {
    this.schedules = schedules;
  }

  SlotPage load(long locationId, LocalDate date, BarberChoice choice, long serviceId) {
    BookingPolicy policy = schedules.policy(locationId);
    Terms terms = schedules.terms(locationId, serviceId);
    Map<Long, List<LocalHours>> hours = schedules.hours(locationId, choice, date);
    if (choice.barberId() != null && hours.isEmpty()) {
      throw Missing.barber(locationId, choice.barberId());
    }
    Map<Long, List<TimeRange>> taken = schedules.taken(locationId, choice, date);
    SortedMap<Instant, List<Long>> free = new TreeMap<>();
    hours.forEach(
        (barber, local) ->
            new WorkingDay(date, policy.zone(), local)
                .starts(terms, policy.step(), taken.getOrDefault(barber, List.of()))
                .forEach(start -> free.computeIfAbsent(start, s -> new ArrayList<>()).add(barber)));
    return new SlotPage(
        policy,
        terms.duration(),
        free.entrySet().stream().map(e -> new Start(e.getKey(), e.getValue())).toList());
  }
}
