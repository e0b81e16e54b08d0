package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.ListScope;
import dev.freshcut.bookingapi.web.Years;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which appointments to list; what is null does not matter.
 *
 * @param customerId the customer
 * @param from first day, in the location's zone
 * @param to last day, in the location's zone
 */
record AppointmentFilter(
    ListScope scope,
    @Nullable Long customerId,
    @Nullable Long barberId,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable Status status) {
  AppointmentFilter {
    Years.require(from, to);
  }
}
