package dev.freshcut.bookingapi.series;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A series in a list.
 *
 * @param barberId absent: any who was free
 * @param weekday 1 is Monday
 * @param time by the clock on the location's wall
 * @param lastDate of the last occurrence as planned
 * @param cancelledFrom from this date on it is cancelled
 * @param version grows with each change of the series or of one of its appointments
 */
record SeriesSummary(
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
    @Schema(requiredMode = RequiredMode.REQUIRED) long version) {}
