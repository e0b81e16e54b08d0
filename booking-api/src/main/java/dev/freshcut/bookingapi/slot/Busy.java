package dev.freshcut.bookingapi.slot;

import java.time.Instant;

/**
 * An appointment as others see it: what it takes of its barber's time.
 *
 * @param time with its buffers
 * @param startsAt without
 * @param endsAt without
 * @param status one of those that take time
 */
record Busy(
    long appointmentId,
    long serviceId,
    TimeRange time,
    Instant startsAt,
    Instant endsAt,
    String status) {}
