package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.coherence.View;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;

/** The cached views of what can be booked. */
@Configuration(proxyBeanMethods = false)
class SlotViews {
  @Bean
  View<BarberDay, WorkingDay> slots(View.Views views, SlotPages pages) {
    return views.ofMany(
        "slots",
        new TypeReference<>() {},
        day -> new Object[] {day.locationId(), day.date(), day.barberId()},
        pages::days);
  }

  @Bean
  View<Long, BookingTerms> bookingTerms(View.Views views, Schedules schedules) {
    return views.of(
        "booking-terms",
        new TypeReference<>() {},
        id -> new Object[] {id},
        id -> schedules.terms(id).orElseThrow(() -> Refusals.thrown(new Refusal.NoLocation(id))));
  }

  @Bean
  View<Long, BookingPolicy> bookingSettings(View.Views views, Schedules schedules) {
    return views.of(
        "booking-settings",
        new TypeReference<>() {},
        id -> new Object[] {id},
        id -> schedules.policy(id).orElseThrow(() -> Refusals.thrown(new Refusal.NoLocation(id))));
  }

  @Bean
  View<BarberDay, DaySchedule> barberSchedule(View.Views views, BarberDays days) {
    return views.ofMany(
        "barber-schedule", new TypeReference<>() {}, SlotViews::segments, days::schedules);
  }

  @Bean
  View<BarberDay, DayConflicts> conflicts(View.Views views, BarberDays days) {
    return views.of("conflicts", new TypeReference<>() {}, SlotViews::segments, days::conflicts);
  }

  private static Object[] segments(BarberDay day) {
    return new Object[] {day.locationId(), day.barberId(), day.date()};
  }
}
