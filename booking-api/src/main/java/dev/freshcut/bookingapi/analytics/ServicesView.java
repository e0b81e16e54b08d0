package dev.freshcut.bookingapi.analytics;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was booked in a period.
 *
 * @param services that have appointments or revenue in it, the most booked first
 */
@Schema(name = "ServiceFigures")
record ServicesView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate from,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate to,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Entry> services) {

  /**
   * A service.
   *
   * @param bookings that are not cancelled
   * @param share of all bookings; absent if there are none
   * @param bookedMinutes of the bookings that took or are to take place, without buffers
   */
  @Schema(name = "ServiceFigure")
  record Entry(
      @Schema(requiredMode = RequiredMode.REQUIRED) long serviceId,
      @Schema(requiredMode = RequiredMode.REQUIRED) String name,
      @Schema(requiredMode = RequiredMode.REQUIRED) long bookings,
      @Schema(example = "0.4250") @Nullable BigDecimal share,
      @Schema(requiredMode = RequiredMode.REQUIRED) long completed,
      @Schema(requiredMode = RequiredMode.REQUIRED) long noShows,
      @Schema(requiredMode = RequiredMode.REQUIRED) long cancelled,
      @Schema(requiredMode = RequiredMode.REQUIRED) long bookedMinutes,
      @Schema(requiredMode = RequiredMode.REQUIRED) List<Revenue> revenue) {}

  /**
   * Paid in the period, in one currency.
   *
   * @param netMinor payments less refunds, without tips
   */
  @Schema(name = "ServiceRevenue")
  record Revenue(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "EUR") String currency,
      @Schema(requiredMode = RequiredMode.REQUIRED) long netMinor) {}
}
