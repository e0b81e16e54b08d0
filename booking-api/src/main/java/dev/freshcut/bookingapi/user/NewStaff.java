package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A user who is to work at a location, or to operate the platform.
 *
 * @param password for her first login; none where users log in at an issuer
 * @param role not client
 * @param locationId of a barber or an owner; an owner's own by default
 * @param barberId the barber that she is
 */
record NewStaff(
    @NotNull @PlainText @Size(max = 200) String name,
    @NotNull @PlainText @Email @Size(min = 3, max = 254) String email,
    @ProfileFields.NewPassword @Schema(minLength = 10, maxLength = 200) @Nullable String password,
    @NotNull Role role,
    @Nullable @Positive Long locationId,
    @Nullable @Positive Long barberId) {

  /** Without the password. */
  @Override
  public String toString() {
    return "NewStaff";
  }
}
