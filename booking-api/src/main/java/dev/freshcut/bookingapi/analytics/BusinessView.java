package dev.freshcut.bookingapi.analytics;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a period's time was used, when people come, and five scores.
 *
 * @param barbers who are active
 * @param peakHours when bookings begin, in local time; hours without any are left out
 * @param scores always the same five, in the same order
 */
@Schema(name = "BusinessFigures")
record BusinessView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate from,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate to,
    @Schema(requiredMode = RequiredMode.REQUIRED) long workingMinutes,
    @Schema(requiredMode = RequiredMode.REQUIRED) long bookedMinutes,
    @Schema(example = "0.6125") @Nullable BigDecimal occupancy,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Barber> barbers,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<PeakHour> peakHours,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Score> scores) {

  /**
   * A barber's time.
   *
   * @param workingMinutes without time off and blackouts
   * @param bookedMinutes of these
   * @param occupancy absent if she does not work
   */
  @Schema(name = "BarberOccupancy")
  record Barber(
      @Schema(requiredMode = RequiredMode.REQUIRED) long barberId,
      @Schema(requiredMode = RequiredMode.REQUIRED) String name,
      @Schema(requiredMode = RequiredMode.REQUIRED) long workingMinutes,
      @Schema(requiredMode = RequiredMode.REQUIRED) long bookedMinutes,
      @Schema(example = "0.6125") @Nullable BigDecimal occupancy) {}

  /**
   * An hour of the week.
   *
   * @param weekday 1 is Monday
   * @param hour 0 to 23
   */
  @Schema(name = "PeakHour")
  record PeakHour(
      @Schema(requiredMode = RequiredMode.REQUIRED) int weekday,
      @Schema(requiredMode = RequiredMode.REQUIRED) int hour,
      @Schema(requiredMode = RequiredMode.REQUIRED) long bookings) {}

  /**
   * A score, with the numbers that it is made of.
   *
   * @param name revenue-pace, retention, occupancy, reliability or growth
   * @param score 0 to 100; absent if there is nothing to measure by
   * @param currency of revenue-pace
   */
  @Schema(name = "BusinessScore")
  record Score(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "retention") String name,
      @Nullable Integer score,
      @Schema(requiredMode = RequiredMode.REQUIRED) long numerator,
      @Schema(requiredMode = RequiredMode.REQUIRED) long denominator,
      @Nullable String currency) {}
}
