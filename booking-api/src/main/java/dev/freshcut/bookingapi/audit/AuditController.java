package dev.freshcut.bookingapi.audit;

import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {
  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  /**
   * Some entries.
   *
   * @param nextBefore to be sent as {@code before} for the next page; absent on the last page
   */
  record AuditPage(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<AuditEntry> entries,
      @Nullable Long nextBefore) {}

  @Operation(summary = "Logins and what privileged users did, the newest first")
  @Access(Role.OPERATOR)
  @GetMapping
  AuditPage entries(
      @Parameter(description = "Ids below this one")
          @RequestParam(defaultValue = "9223372036854775807")
          @Positive long before,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    List<AuditEntry> page = log.before(before, limit);
    return new AuditPage(page, page.size() < limit ? null : page.getLast().id());
  }
}
