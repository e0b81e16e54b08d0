package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.web.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request for an appointment.
 *
 * @param barberId absent: any who is free, the one with least to do that day first
 * @param startsAt a whole minute; any offset will do
 * @param customer who comes; required of staff, and refused from clients, who book for themselves
 * @param note of several lines, if need be
 */
public record NewAppointment(
    @NotNull @Positive Long locationId,
    @Nullable @Positive Long barberId,
    @NotNull @Positive Long serviceId,
    @NotNull @Schema(example = "2026-11-20T10:00:00+01:00") Instant startsAt,
    @Valid @Nullable Customer customer,
    @PlainText(multiline = true) @Size(max = 500) @Nullable String note) {

  /** Takes line breaks as Windows and HTML forms have them, too. */
  public NewAppointment {
    note = note == null ? null : note.replace("\r\n", "\n");
  }

  /**
   * Who comes. A customer with this email who is known at the location stays as she is known.
   *
   * @param phone digits, spaces and {@code +()-./}
   */
  @Schema(name = "NewCustomer")
  public record Customer(
      @NotNull @PlainText @Size(max = 200) String name,
      @NotNull @PlainText @Email @Size(min = 3, max = 254) String email,
      @Nullable @Pattern(regexp = "\\+?[0-9 ()./-]{3,39}", message = "must be a phone number")
          String phone) {}
}
