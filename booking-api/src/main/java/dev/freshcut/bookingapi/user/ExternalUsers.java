package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.security.Accounts.ExternalIdentity;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Users of a configured issuer. Somebody who is new is bound to the account with her email, such as
 * one that her shop has made for her, or becomes a client; both only with an email that the issuer
 * has verified.
 */
@Component
class ExternalUsers {
  private static final int NAME_LENGTH = 200;
  private static final int EMAIL_LENGTH = 254;

  private final UserTable table;
  private final Writes writes;
  private final AuditLog audit;

  ExternalUsers(UserTable table, Writes writes, AuditLog audit) {
    this.table = table;
    this.writes = writes;
    this.audit = audit;
  }

  /** The user's id; empty if she is new and has no verified email, or one that is another's. */
  Optional<Long> idOf(ExternalIdentity identity) {
    return table.idOfSubject(identity.subject()).or(() -> admit(identity));
  }

  private Optional<Long> admit(ExternalIdentity identity) {
    String email = identity.verifiedEmail();
    if (email == null || email.length() < 3 || email.length() > EMAIL_LENGTH) {
      return Optional.empty();
    }
    return writes.run(changes -> admit(identity, email, changes)).value();
  }

  private Optional<Long> admit(ExternalIdentity identity, String email, RowChanges changes) {
    Optional<Long> client =
        table
            .insert(
                new UserTable.Values(
                    Role.CLIENT, null, null, null, null, true, name(identity, email), null),
                email,
                null,
                changes)
            .map(UserRow::id);
    long id = client.or(() -> table.credentials(email).map(it -> it.user().id())).orElseThrow();
    if (!table.bind(id, identity.subject(), changes)) {
      // Bound to somebody else's subject, or to this one by a request at the same time.
      return table.idOfSubject(identity.subject());
    }
    audit.record(
        new Caller.Anonymous(),
        client.isPresent() ? "user.register" : "user.bind",
        "user:" + id,
        Map.of());
    return Optional.of(id);
  }

  private static String name(ExternalIdentity identity, String email) {
    @Nullable String name = identity.name();
    String text = name == null ? "" : name.replaceAll("\\p{Cntrl}", " ").strip();
    String given = text.isEmpty() ? email : text;
    return given.length() > NAME_LENGTH ? given.substring(0, NAME_LENGTH) : given;
  }
}
