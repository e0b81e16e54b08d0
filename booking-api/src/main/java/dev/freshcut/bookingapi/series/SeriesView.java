package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.appointment.AppointmentView;
import dev.freshcut.bookingapi.web.Versioned;
import dev.freshcut.bookingapi.web.Word;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A series with its occurrences.
 *
 * @param barberId absent: any who was free
 * @param weekday 1 is Monday
 * @param time by the clock on the location's wall
 * @param lastDate of the last occurrence as planned
 * @param cancelledFrom from this date on it is cancelled
 * @param occurrences in order of their dates
 * @param version grows with each change of the series or of one of its appointments
 */
record SeriesView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Nullable Long barberId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long serviceId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long customerId,
    @Schema(requiredMode = RequiredMode.REQUIRED) int everyWeeks,
    @Schema(requiredMode = RequiredMode.REQUIRED) int weekday,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "09:30") String time,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate firstDate,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate lastDate,
    @Nullable LocalDate cancelledFrom,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Entry> occurrences,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {

  /** The version, and a digest of what the answer says of the appointments besides. */
  @Override
  public String entityTag() {
    CRC32C digest = new CRC32C();
    for (Entry each : occurrences) {
      AppointmentView appointment = each.appointment();
      String tag = each.date() + " " + (appointment == null ? "" : appointment.entityTag());
      digest.update(tag.getBytes(StandardCharsets.UTF_8));
    }
    return "%d-%08x".formatted(version, digest.getValue());
  }

  /** What became of a planned date. */
  enum State implements Word {
    /** There is an appointment, perhaps moved to another time. */
    BOOKED,
    /** The appointment was cancelled, or there never was room for one. */
    SKIPPED
  }

  /**
   * An occurrence.
   *
   * @param date as planned, in the location's time zone
   * @param reason why there never was an appointment: the code of the problem
   * @param appointment absent if there never was one
   */
  @Schema(name = "SeriesOccurrence")
  record Entry(
      @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate date,
      @Schema(requiredMode = RequiredMode.REQUIRED) State state,
      @Nullable String reason,
      @Nullable AppointmentView appointment) {}
}
