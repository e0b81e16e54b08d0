package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.security.Passwords;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A user's own new password. */
record PasswordChange(
    @NotNull @Size(max = Passwords.MAX_LENGTH) String currentPassword,
    @NotNull @ProfileFields.NewPassword @Schema(minLength = 10, maxLength = 200)
        String newPassword) {

  /** Without the passwords. */
  @Override
  public String toString() {
    return "PasswordChange";
  }
}
