package dev.freshcut.bookingapi.audit;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down who did what. Within a transaction the entry is part of it: nothing privileged is
 * done without one.
 */
@Repository
public class AuditLog {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient database;

  AuditLog(JdbcClient database) {
    this.database = database;
  }

  /**
   * Adds an entry.
   *
   * @param action such as {@code user.change}
   * @param target what it was done to, such as {@code user:12}
   * @param detail what changed; no secrets and no personal data
   */
  public void record(Caller caller, String action, String target, Map<String, ?> detail) {
    Caller.@Nullable User user = caller instanceof Caller.User known ? known : null;
    database
        .sql(
            """
            INSERT INTO audit_log (user_id, role, address, action, target, detail)
            VALUES (:user, :role, :address, :action, :target, :detail::jsonb)
            """)
        .param("user", user == null ? null : user.id())
        .param("role", user == null ? null : user.role().text())
        .param("address", address())
        .param("action", action)
        .param("target", target)
        .param("detail", JSON.writeValueAsString(detail))
        .update();
  }

  /** The same of staff's deeds: clients act on what is theirs, which is no privilege. */
  public void recordOfStaff(
      Caller.User caller, String action, String target, Map<String, ?> detail) {
    if (caller.role() != Role.CLIENT) {
      record(caller, action, target, detail);
    }
  }

  /** Entries with ids below this one, the newest first. */
  List<AuditEntry> before(long id, int limit) {
    return database
        .sql("SELECT * FROM audit_log WHERE id < ? ORDER BY id DESC LIMIT ?")
        .params(id, limit)
        .query(AuditEntry::map)
        .list();
  }

  /** The client's, of a request; none of what the service does by itself. */
  private static @Nullable String address() {
    return Optional.ofNullable(RequestContextHolder.getRequestAttributes())
        .map(request -> ((ServletRequestAttributes) request).getRequest().getRemoteAddr())
        .orElse(null);
  }
}
