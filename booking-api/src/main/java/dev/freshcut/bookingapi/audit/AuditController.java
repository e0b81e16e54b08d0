package dev.freshcut.bookingapi.audit;

import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {
  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  @Operation(summary = "Logins and what privileged users did, the newest first, page by page")
  @Access(Role.OPERATOR)
  @GetMapping
  Page<AuditEntry> entries(PageRequest page) {
    return page.load(
        "audit by id, the newest first",
        1,
        (last, count) -> log.before(last == null ? Long.MAX_VALUE : last.getFirst(), count),
        entry -> List.of(entry.id()));
  }
}
