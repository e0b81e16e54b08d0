package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.appointment.NewAppointment;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * A request for time that is not free yet.
 *
 * @param barberId absent: whoever becomes free
 * @param from first date that will do, in the location's time zone
 * @param to last date that will do, at most 61 days later
 * @param notBefore the appointment begins then or later, by the clock on the location's wall
 * @param notAfter the appointment is over by then
 * @param customer who waits; required of staff, and refused from clients, who wait themselves
 */
@Schema(name = "NewWaitingListEntry")
record NewEntry(
    @NotNull @Positive Long locationId,
    @Nullable @Positive Long barberId,
    @NotNull @Positive Long serviceId,
    @NotNull LocalDate from,
    @NotNull LocalDate to,
    @Nullable @Pattern(regexp = TIME, message = "must be a time such as 09:30") @Schema(example = "09:30")
        String notBefore,
    @Nullable @Pattern(regexp = TIME, message = "must be a time such as 09:30") @Schema(example = "12:00")
        String notAfter,
    @Valid NewAppointment.@Nullable Customer customer) {
  private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

  @Nullable LocalTime earliest() {
    return notBefore == null ? null : LocalTime.parse(notBefore);
  }

  @Nullable LocalTime latest() {
    return notAfter == null ? null : LocalTime.parse(notAfter);
  }
}
