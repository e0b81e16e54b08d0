package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.coherence.View;
import dev.freshcut.bookingapi.web.ProblemException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;

/** The cached views of what can be booked. */
@Configuration(proxyBeanMethods = false)
class SlotViews {
  @Bean
  View<SlotQuery, SlotPage> slots(View.Views views, SlotPages pages) {
    return views.of(
        "slots",
        new TypeReference<>() {},
        query ->
            new Object[] {
              query.locationId(), query.date(), query.barber().keySegment(), query.serviceId()
            },
        pages::load);
  }

  @Bean
  View<Long, BookingPolicy> bookingSettings(View.Views views, Schedules schedules) {
    return views.of(
        "booking-settings",
        new TypeReference<>() {},
        id -> new Object[] {id},
        id ->
            schedules
                .policy(id)
                .orElseThrow(
                    () -> new ProblemException(Refusals.problem(new Refusal.NoLocation(id)))));
  }

  @Bean
  View<SlotQuery, NextSlotPage> nextSlot(View.Views views, SlotPages pages) {
    return views.of(
        "next-slot",
        new TypeReference<>() {},
        query ->
            new Object[] {
              query.locationId(), query.barber().keySegment(), query.serviceId(), query.date()
            },
        pages::next);
  }

  @Bean
  View<BarberDay, DaySchedule> barberSchedule(View.Views views, BarberDays days) {
    return views.of(
        "barber-schedule", new TypeReference<>() {}, SlotViews::segments, days::schedule);
  }

  @Bean
  View<BarberDay, DayConflicts> conflicts(View.Views views, BarberDays days) {
    return views.of("conflicts", new TypeReference<>() {}, SlotViews::segments, days::conflicts);
  }

  private static Object[] segments(BarberDay day) {
    return new Object[] {day.locationId(), day.barberId(), day.date()};
  }
}
