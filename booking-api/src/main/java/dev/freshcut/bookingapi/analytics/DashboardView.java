package dev.freshcut.bookingapi.analytics;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How it goes, today and this week as far as it has come, beside the day and the week before.
 *
 * @param timeZone of the dates
 * @param thisWeek from Monday to today
 * @param lastWeek the same weekdays
 */
@Schema(name = "Dashboard")
record DashboardView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) Figures today,
    @Schema(requiredMode = RequiredMode.REQUIRED) Figures yesterday,
    @Schema(requiredMode = RequiredMode.REQUIRED) Figures thisWeek,
    @Schema(requiredMode = RequiredMode.REQUIRED) Figures lastWeek) {

  /**
   * Of some dates.
   *
   * @param to included
   * @param bookings appointments on these dates that are not cancelled
   * @param newClients who came for the first time
   * @param noShowRate of the appointments that took place or should have; absent if there were none
   * @param occupancy booked by working time; absent if nobody works
   * @param revenue one for each currency
   */
  @Schema(name = "DashboardFigures")
  record Figures(
      @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate from,
      @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate to,
      @Schema(requiredMode = RequiredMode.REQUIRED) long bookings,
      @Schema(requiredMode = RequiredMode.REQUIRED) long newClients,
      @Schema(example = "0.0417") @Nullable BigDecimal noShowRate,
      @Schema(example = "0.6125") @Nullable BigDecimal occupancy,
      @Schema(requiredMode = RequiredMode.REQUIRED) List<Revenue> revenue) {}

  /**
   * In one currency.
   *
   * @param netMinor payments less refunds, without tips
   */
  @Schema(name = "DashboardRevenue")
  record Revenue(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "EUR") String currency,
      @Schema(requiredMode = RequiredMode.REQUIRED) long netMinor,
      @Schema(requiredMode = RequiredMode.REQUIRED) long tipsMinor) {}
}
