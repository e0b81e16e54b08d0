package dev.freshcut.bookingapi.appointment;

import java.time.LocalDate;

/**
 * An appointment's place in a series.
 *
 * @param date that the series had planned for it, in the location's zone; stays when it is moved
 */
record Occurrence(long seriesId, LocalDate date) {}
