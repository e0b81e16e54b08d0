package dev.freshcut.bookingapi.slot;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * What is cached of a barber's day.
 *
 * @param hours as the weekday, or the special day, has them
 * @param absences within the date
 * @param appointments in order of time, holds included
 */
record DaySchedule(
    LocalDate date,
    ZoneId zone,
    List<TimeRange> hours,
    List<Absence> absences,
    List<Busy> appointments) {}
