package dev.freshcut.bookingapi.slot;

import java.time.LocalDate;

/** A barber's local date. */
record BarberDay(long locationId, long barberId, LocalDate date) {}
