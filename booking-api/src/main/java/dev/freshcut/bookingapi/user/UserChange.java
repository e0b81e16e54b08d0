package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What an owner or an operator changes of a user; what is absent stays. With a role that works at
 * no location, location and barber go.
 *
 * @param locationId operators only
 * @param password replaces the user's; she has to log in again
 */
record UserChange(
    @PlainText @Size(max = 200) @Nullable String name,
    @Nullable Role role,
    @Nullable @Positive Long locationId,
    @Nullable @Positive Long barberId,
    @Nullable Boolean active,
    @ProfileFields.NewPassword @Schema(minLength = 10, maxLength = 200) @Nullable String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "UserChange";
  }
}
