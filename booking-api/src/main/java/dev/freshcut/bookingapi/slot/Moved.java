package dev.freshcut.bookingapi.slot;

/**
 * An appointment that is to be moved: its time counts as free, and it keeps what was agreed.
 *
 * @param barberId whose it is as yet
 * @param terms as agreed
 */
public record Moved(long appointmentId, long barberId, long serviceId, Terms terms) {}
