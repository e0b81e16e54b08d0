package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.security.Passwords;
import dev.freshcut.bookingapi.web.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** An attempt to log in. */
record Login(
    @NotNull @PlainText @Size(max = 254) @Schema(example = "zoe@example.org") String email,
    @NotNull @Size(max = Passwords.MAX_LENGTH) String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "Login";
  }
}
