package dev.freshcut.bookingapi.analytics;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was taken in a period. Amounts are in minor units and never of several currencies: each list
 * has its rows once for each currency.
 *
 * @param timeZone of the dates
 * @param by into what the period is cut
 * @param periods in order of time, those without revenue too
 * @param services in order of what they brought
 * @param barbers likewise
 */
@Schema(name = "Revenue")
record RevenueView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate from,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate to,
    @Schema(requiredMode = RequiredMode.REQUIRED) Unit by,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Total> totals,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Part> periods,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Share> services,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Share> barbers) {

  /**
   * All of one currency.
   *
   * @param payments their number
   * @param grossMinor payments without tips
   * @param refundedMinor refunds without tips
   * @param netMinor gross less refunds
   * @param tipsMinor less those given back
   * @param averageTicketMinor gross by appointments that were paid for; absent if none was
   */
  @Schema(name = "RevenueTotal")
  record Total(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "EUR") String currency,
      @Schema(requiredMode = RequiredMode.REQUIRED) long payments,
      @Schema(requiredMode = RequiredMode.REQUIRED) long grossMinor,
      @Schema(requiredMode = RequiredMode.REQUIRED) long refundedMinor,
      @Schema(requiredMode = RequiredMode.REQUIRED) long netMinor,
      @Schema(requiredMode = RequiredMode.REQUIRED) long tipsMinor,
      @Nullable Long averageTicketMinor) {}

  /**
   * A day, week or month, as far as it lies in the period.
   *
   * @param period such as 2026-11-21, 2026-W47 (ISO 8601) or 2026-11
   */
  @Schema(name = "RevenuePart")
  record Part(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "2026-W47") String period,
      @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate from,
      @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate to,
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "EUR") String currency,
      @Schema(requiredMode = RequiredMode.REQUIRED) long grossMinor,
      @Schema(requiredMode = RequiredMode.REQUIRED) long refundedMinor,
      @Schema(requiredMode = RequiredMode.REQUIRED) long netMinor,
      @Schema(requiredMode = RequiredMode.REQUIRED) long tipsMinor) {}

  /** A service's or a barber's. */
  @Schema(name = "RevenueShare")
  record Share(
      @Schema(requiredMode = RequiredMode.REQUIRED) long id,
      @Schema(requiredMode = RequiredMode.REQUIRED) String name,
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "EUR") String currency,
      @Schema(requiredMode = RequiredMode.REQUIRED) long grossMinor,
      @Schema(requiredMode = RequiredMode.REQUIRED) long refundedMinor,
      @Schema(requiredMode = RequiredMode.REQUIRED) long netMinor,
      @Schema(requiredMode = RequiredMode.REQUIRED) long tipsMinor) {}
}
