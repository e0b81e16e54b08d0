package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An appointment.
 *
 * @param date in the location's time zone
 * @param startsAt with the offset of the location's time zone
 * @param endsAt likewise
 * @param cancelledBy whose wish it was, if it is cancelled
 * @param priceMinor as agreed when it was made or held, in the currency's minor unit, such as cents
 * @param currency of ISO 4217
 * @param customer who comes; told to staff only
 * @param note of whoever made it
 * @param seriesId the series that it is an occurrence of
 * @param version grows with each change
 */
public record AppointmentView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long barberId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long serviceId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long customerId,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate date,
    @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime startsAt,
    @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime endsAt,
    @Schema(requiredMode = RequiredMode.REQUIRED) Status status,
    @Nullable Role cancelledBy,
    @Schema(requiredMode = RequiredMode.REQUIRED) long priceMinor,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "EUR") String currency,
    @Nullable Customer customer,
    @Nullable String note,
    @Nullable Long seriesId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {

  /** Who comes. */
  @Schema(name = "AppointmentCustomer")
  record Customer(
      @Schema(requiredMode = RequiredMode.REQUIRED) long id,
      @Schema(requiredMode = RequiredMode.REQUIRED) String name,
      @Schema(requiredMode = RequiredMode.REQUIRED) String email,
      @Nullable String phone) {}

  /**
   * The version, and a digest of what the answer says that is not the appointment's own: times in
   * the location's zone, and the customer.
   */
  @Override
  public String entityTag() {
    CRC32C digest = new CRC32C();
    String others = startsAt + " " + endsAt + " " + customer;
    digest.update(others.getBytes(StandardCharsets.UTF_8));
    return "%d-%08x".formatted(version, digest.getValue());
  }
}
