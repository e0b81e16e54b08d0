package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits, without personal data.
 *
 * @param barberId absent: whoever becomes free
 * @param from first date that will do, in the location's time zone
 * @param to last date that will do
 * @param notBefore the appointment begins then or later, by the clock on the location's wall
 * @param notAfter the appointment is over by then
 * @param offer while there is one
 * @param appointmentId once it is accepted
 * @param version grows with each change
 */
@Schema(name = "WaitingListEntry")
record EntryView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Nullable Long barberId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long serviceId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long customerId,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate from,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate to,
    @Schema(example = "09:30") @Nullable String notBefore,
    @Schema(example = "12:00") @Nullable String notAfter,
    @Schema(requiredMode = RequiredMode.REQUIRED) State state,
    @Nullable Offer offer,
    @Nullable Long appointmentId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {

  /** The version, and a digest of what the answer says of the offer besides. */
  @Override
  public String entityTag() {
    CRC32C digest = new CRC32C();
    digest.update(String.valueOf(offer).getBytes(StandardCharsets.UTF_8));
    return "%d-%08x".formatted(version, digest.getValue());
  }

  /**
   * A time that is held for the customer.
   *
   * @param holdId the hold, of which {@code POST /holds/{id}/appointment} makes an appointment
   * @param startsAt with the offset of the location's time zone
   * @param endsAt likewise
   * @param expiresAt until when it is held
   */
  @Schema(name = "WaitingListOffer")
  record Offer(
      @Schema(requiredMode = RequiredMode.REQUIRED) long holdId,
      @Schema(requiredMode = RequiredMode.REQUIRED) long barberId,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime startsAt,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime endsAt,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime expiresAt) {}
}
