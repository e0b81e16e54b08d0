package dev.freshcut.bookingapi.location;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;

/**
 * A service that can be booked.
 *
 * @param durationMinutes of the appointment
 * @param bufferBeforeMinutes kept free before it
 * @param bufferAfterMinutes kept free after it
 * @param priceMinor in the currency's minor unit, such as cents
 * @param currency ISO 4217
 * @param barbers who does it differently, in ascending order; the others do as the service says
 */
record ServiceView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) String name,
    @Schema(requiredMode = RequiredMode.REQUIRED) int durationMinutes,
    @Schema(requiredMode = RequiredMode.REQUIRED) int bufferBeforeMinutes,
    @Schema(requiredMode = RequiredMode.REQUIRED) int bufferAfterMinutes,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "2500") long priceMinor,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "EUR") String currency,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Special> barbers) {

  /**
   * What a barber does differently.
   *
   * @param offered whether she does it at all
   * @param durationMinutes of her appointments
   * @param priceMinor her price
   */
  @Schema(name = "BarberService")
  record Special(
      @Schema(requiredMode = RequiredMode.REQUIRED) long barberId,
      @Schema(requiredMode = RequiredMode.REQUIRED) boolean offered,
      @Schema(requiredMode = RequiredMode.REQUIRED) int durationMinutes,
      @Schema(requiredMode = RequiredMode.REQUIRED) long priceMinor) {}
}
