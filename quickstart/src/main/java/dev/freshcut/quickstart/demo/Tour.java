package dev.freshcut.quickstart.demo;

import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Rows of the demo data to try things with: a barber's day that has an appointment and free time.
 *
 * @param date local date of the appointment, after today
 * @param appointmentId a confirmed appointment of the barber on that day, for that service
 * @param startsAt its start, in the location's zone
 */
public record Tour(
    long locationId,
    long barberId,
    long serviceId,
    LocalDate date,
    long appointmentId,
    OffsetDateTime startsAt) {}
