package dev.freshcut.bookingapi.payment;

import dev.freshcut.bookingapi.security.ListScope;
import dev.freshcut.bookingapi.web.Years;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which payments to list; what is null does not matter.
 *
 * @param from first day, in the location's zone, on which it was paid, or else recorded
 * @param to last day, likewise
 */
record PaymentFilter(
    ListScope scope,
    @Nullable Long appointmentId,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable Kind kind,
    @Nullable Method method,
    @Nullable PaymentStatus status) {
  PaymentFilter {
    Years.require(from, to);
  }
}
