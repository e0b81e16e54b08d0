package dev.freshcut.bookingapi.analytics;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who came in a period. A visit is an appointment that is completed.
 *
 * @param clients who came
 * @param newClients those who had not come before
 * @param returningClients those who had
 * @param noShowRate of visits and no-shows; absent if there were none
 * @param lifetimeValues the ten who paid most up to the period's end, for each currency; their
 *     names are at {@code /customers/{id}}
 */
@Schema(name = "ClientFigures")
record ClientsView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate from,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate to,
    @Schema(requiredMode = RequiredMode.REQUIRED) long clients,
    @Schema(requiredMode = RequiredMode.REQUIRED) long newClients,
    @Schema(requiredMode = RequiredMode.REQUIRED) long returningClients,
    @Schema(requiredMode = RequiredMode.REQUIRED) long visits,
    @Schema(requiredMode = RequiredMode.REQUIRED) long noShows,
    @Schema(example = "0.0417") @Nullable BigDecimal noShowRate,
    @Schema(requiredMode = RequiredMode.REQUIRED) Retention retention,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<LifetimeValue> lifetimeValues) {

  /**
   * Who came again.
   *
   * @param withinDays after the first visit in the period
   * @param clients who came, and whose days were over before today
   * @param returned those of them who came again on another of these days
   * @param rate absent if there are none
   */
  @Schema(name = "ClientRetention")
  record Retention(
      @Schema(requiredMode = RequiredMode.REQUIRED) int withinDays,
      @Schema(requiredMode = RequiredMode.REQUIRED) long clients,
      @Schema(requiredMode = RequiredMode.REQUIRED) long returned,
      @Schema(example = "0.5833") @Nullable BigDecimal rate) {}

  /**
   * What somebody has brought.
   *
   * @param appointments paid for
   * @param netMinor payments less refunds, without tips
   */
  @Schema(name = "ClientLifetimeValue")
  record LifetimeValue(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "EUR") String currency,
      @Schema(requiredMode = RequiredMode.REQUIRED) long customerId,
      @Schema(requiredMode = RequiredMode.REQUIRED) long appointments,
      @Schema(requiredMode = RequiredMode.REQUIRED) long netMinor) {}
}
