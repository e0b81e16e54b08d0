package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.security.Tokens;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;

/**
 * What a login returns.
 *
 * @param accessToken to be sent as {@code Authorization: Bearer}
 * @param expiresAt in UTC
 * @param tokenType always Bearer
 */
record AccessToken(
    @Schema(requiredMode = RequiredMode.REQUIRED) String accessToken,
    @Schema(requiredMode = RequiredMode.REQUIRED) Instant expiresAt,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Bearer") String tokenType) {

  static AccessToken of(Tokens.Issued issued) {
    return new AccessToken(issued.value(), issued.expiresAt(), "Bearer");
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "AccessToken[expiresAt=" + expiresAt + "]";
  }
}
