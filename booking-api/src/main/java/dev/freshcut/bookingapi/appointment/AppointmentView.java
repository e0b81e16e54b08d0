package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An appointment, without personal data.
 *
 * @param date in the location's time zone
 * @param startsAt with the offset of the location's time zone
 * @param endsAt likewise
 * @param cancelledBy whose wish it was, if it is cancelled
 * @param priceMinor as agreed when it was made or held, in the currency's minor unit, such as cents
 * @param currency of ISO 4217
 * @param version grows with each change
 */
record AppointmentView(
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
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {}
