package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.web.IanaZone;
import dev.freshcut.bookingapi.web.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A client who registers.
 *
 * @param phone digits, spaces and {@code +()-./}
 * @param timeZone IANA region
 * @param language BCP 47, with or without a country
 */
record Registration(
    @NotNull @PlainText @Size(max = 200) String name,
    @NotNull @PlainText @Email @Size(min = 3, max = 254) String email,
    @NotNull @ProfileFields.NewPassword @Schema(minLength = 10, maxLength = 200) String password,
    @Nullable @Pattern(regexp = ProfileFields.PHONE, message = "must be a phone number") String phone,
    @IanaZone @Nullable String timeZone,
    @Nullable @Pattern(regexp = ProfileFields.LANGUAGE, message = "must be like fr or fr-FR") String language) {

  /** Without the password. */
  @Override
  public String toString() {
    return "Registration";
  }
}
