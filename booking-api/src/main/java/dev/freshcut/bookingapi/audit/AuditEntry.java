package dev.freshcut.bookingapi.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did.
 *
 * @param at in UTC
 * @param userId absent if nobody was logged in, or the service did it by itself
 * @param role of the user at that time
 * @param address of the client
 * @param detail what changed
 */
record AuditEntry(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime at,
    @Nullable Long userId,
    @Nullable String role,
    @Nullable String address,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "user.change") String action,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "user:12") String target,
    @Schema(requiredMode = RequiredMode.REQUIRED, types = "object") @JsonRawValue String detail) {

  static AuditEntry map(ResultSet row, int n) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC),
        row.getObject("user_id", Long.class),
        row.getString("role"),
        row.getString("address"),
        row.getString("action"),
        row.getString("target"),
        row.getString("detail"));
  }
}
