package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.web.PlainText;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What is changed of a barber; what is absent stays.
 *
 * @param active whether she can be booked
 * @param keepAppointments whether she may stop while she has appointments to come, which stay as
 *     they are
 */
record BarberChange(
    @PlainText @Size(max = 200) @Nullable String name,
    @Nullable Boolean active,
    @Nullable Boolean keepAppointments) {}
