package dev.freshcut.bookingapi.slot;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * What some of a barber's days are made of.
 *
 * @param timeZone the location's, in which the times are written
 */
record ScheduleView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long barberId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Day> days) {

  /**
   * One day.
   *
   * @param hours as the weekday, or the special day, has them
   * @param absences when she does not work though the hours say so
   * @param appointments in order of time, holds included
   */
  @Schema(name = "ScheduleDay")
  record Day(
      @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate date,
      @Schema(requiredMode = RequiredMode.REQUIRED) List<Stretch> hours,
      @Schema(requiredMode = RequiredMode.REQUIRED) List<Away> absences,
      @Schema(requiredMode = RequiredMode.REQUIRED) List<Entry> appointments) {}

  /** From one time to another. */
  @Schema(name = "ScheduleHours")
  record Stretch(
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime from,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime until) {}

  /**
   * From one time to another, as far as it lies within the day.
   *
   * @param kind {@code time-off} or {@code blackout}
   */
  @Schema(name = "ScheduleAbsence")
  record Away(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "time-off") String kind,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime from,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime until) {}

  /**
   * An appointment, without personal data.
   *
   * @param busyFrom with the buffer before it
   * @param busyUntil with the buffer after it
   * @param status held, pending, confirmed or completed
   */
  @Schema(name = "ScheduleAppointment")
  record Entry(
      @Schema(requiredMode = RequiredMode.REQUIRED) long id,
      @Schema(requiredMode = RequiredMode.REQUIRED) long serviceId,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime startsAt,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime endsAt,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime busyFrom,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime busyUntil,
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "confirmed") String status) {}

  static ScheduleView of(long locationId, long barberId, List<DaySchedule> days) {
    return new ScheduleView(
        locationId,
        barberId,
        days.getFirst().zone().getId(),
        days.stream().map(ScheduleView::day).toList());
  }

  private static Day day(DaySchedule day) {
    ZoneId zone = day.zone();
    return new Day(
        day.date(),
        day.hours().stream()
            .map(each -> new Stretch(at(each.from(), zone), at(each.until(), zone)))
            .toList(),
        day.absences().stream()
            .map(
                each ->
                    new Away(
                        each.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        at(each.time().from(), zone),
                        at(each.time().until(), zone)))
            .toList(),
        day.appointments().stream().map(each -> entry(each, zone)).toList());
  }

  static Entry entry(Busy busy, ZoneId zone) {
    return new Entry(
        busy.appointmentId(),
        busy.serviceId(),
        at(busy.startsAt(), zone),
        at(busy.endsAt(), zone),
        at(busy.time().from(), zone),
        at(busy.time().until(), zone),
        busy.status());
  }

  private static OffsetDateTime at(Instant instant, ZoneId zone) {
    return instant.atZone(zone).toOffsetDateTime();
  }
}
