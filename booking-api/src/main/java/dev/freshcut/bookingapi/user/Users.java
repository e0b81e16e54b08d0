package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.LoginLimit;
import dev.freshcut.bookingapi.security.Passwords;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.security.SecuritySettings;
import dev.freshcut.bookingapi.security.Tokens;
import dev.freshcut.bookingapi.user.UserTable.Values;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.write.Writes;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What users do with their own accounts. A refusal is a {@link ProblemException}. */
@Service
class Users {
  private final UserTable table;
  private final Passwords passwords;
  private final Tokens tokens;
  private final LoginLimit limit;
  private final Writes writes;
  private final AuditLog audit;
  private final boolean ownLogin;

  Users(
      UserTable table,
      Passwords passwords,
      Tokens tokens,
      LoginLimit limit,
      Writes writes,
      AuditLog audit,
      SecuritySettings settings) {
    this.table = table;
    this.passwords = passwords;
    this.tokens = tokens;
    this.limit = limit;
    this.writes = writes;
    this.audit = audit;
    this.ownLogin = settings.hasLogin();
  }

  /** Makes a client. */
  Written<UserView> register(Registration wanted) {
    requireOwnLogin();
    String hash = passwords.hash(wanted.password());
    Values values =
        new Values(
            Role.CLIENT,
            null,
            null,
            wanted.timeZone(),
            wanted.language(),
            true,
            wanted.name(),
            wanted.phone());
    return writes.run(
        changes -> {
          UserRow made =
              table.insert(values, wanted.email(), hash, changes).orElseThrow(Users::emailTaken);
          audit.record(new Caller.Anonymous(), "user.register", "user:" + made.id(), Map.of());
          return made.view();
        });
  }

  Written<UserView> change(Caller.User caller, ProfileChange wanted) {
    return writes.run(
        changes -> {
          UserRow user = table.lock(caller.id()).orElseThrow(() -> notFound(caller.id()));
          Values values =
              new Values(
                  user.role(),
                  user.locationId(),
                  user.barberId(),
                  or(wanted.timeZone(), user.timeZone()),
                  or(wanted.language(), user.language()),
                  user.active(),
                  Objects.requireNonNullElse(wanted.name(), user.name()),
                  or(wanted.phone(), user.phone()));
          return table.update(user.id(), values, changes).view();
        });
  }

  /** Voids all tokens that the user has, and returns a new one. */
  Written<AccessToken> changePassword(Caller.User caller, PasswordChange wanted) {
    requireOwnLogin();
    requireCurrent(caller, wanted.currentPassword());
    String hash = passwords.hash(wanted.newPassword());
    return writes.run(
        changes -> {
          UserRow user = table.lock(caller.id()).orElseThrow(() -> notFound(caller.id()));
          UserRow after = table.setPassword(user.id(), hash, changes);
          audit.record(caller, "user.password", "user:" + user.id(), Map.of());
          return AccessToken.of(tokens.issue(after.id(), after.credentialsVersion()));
        });
  }

  /** As limited as logins: a token that was stolen must not serve to guess the password. */
  private void requireCurrent(Caller.User caller, String password) {
    switch (limit.begin("user " + caller.id(), "own password")) {
      case LoginLimit.Verdict.Refused refused ->
          throw new ProblemException(
              ProblemType.TOO_MANY_LOGINS,
              "Try again in %d s.".formatted(refused.pause().toSeconds() + 1));
      case LoginLimit.Verdict.Allowed allowed -> {
        @Nullable String hash = table.passwordHash(caller.id()).orElse(null);
        if (!passwords.matches(password, hash)) {
          throw new ProblemException(ProblemType.FORBIDDEN, "The current password is another.");
        }
        allowed.wasRight().run();
      }
    }
  }

  private void requireOwnLogin() {
    if (!ownLogin) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "Accounts of this service are made at its issuer.");
    }
  }

  static ProblemException emailTaken() {
    return new ProblemException(ProblemType.EMAIL_TAKEN, "Log in, or register another.");
  }

  static ProblemException notFound(long id) {
    return new ProblemException(ProblemType.USER_NOT_FOUND, "User " + id);
  }

  private static @Nullable String or(@Nullable String wanted, @Nullable String present) {
    return wanted == null ? present : wanted;
  }
}
