package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.ratelimit.LoginLimit;
import dev.freshcut.bookingapi.security.Account;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Passwords;
import dev.freshcut.bookingapi.security.SecuritySettings;
import dev.freshcut.bookingapi.security.Tokens;
import dev.freshcut.bookingapi.user.UserTable.Credentials;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The service's own login. */
@Service
class Logins {
  private final UserTable table;
  private final Passwords passwords;
  private final Tokens tokens;
  private final LoginLimit limit;
  private final AuditLog audit;
  private final boolean open;

  Logins(
      UserTable table,
      Passwords passwords,
      Tokens tokens,
      LoginLimit limit,
      AuditLog audit,
      SecuritySettings settings) {
    this.table = table;
    this.passwords = passwords;
    this.tokens = tokens;
    this.limit = limit;
    this.audit = audit;
    this.open = settings.hasLogin();
  }

  /** What became of an attempt. */
  sealed interface Outcome {
    /** The user may have this token. */
    record Success(Tokens.Issued token) implements Outcome {}

    /** No active account has this email and this password; which of them it was is not said. */
    record Failure() implements Outcome {}

    /** There were too many attempts. */
    record TooMany(Duration pause) implements Outcome {}

    /** Users log in at an issuer. */
    record Closed() implements Outcome {}
  }

  Outcome login(Login login, String address) {
    if (!open) {
      return new Outcome.Closed();
    }
    return switch (limit.begin(login.email(), address)) {
      case LoginLimit.Attempt.Refused refused -> new Outcome.TooMany(refused.pause());
      case LoginLimit.Attempt.Allowed allowed -> check(login, allowed.wasRight());
    };
  }

  private Outcome check(Login login, Runnable wasRight) {
    Optional<Credentials> found = table.credentials(login.email());
    boolean right =
        passwords.matches(login.password(), found.map(Credentials::passwordHash).orElse(null));
    if (right && found.isPresent() && found.get().user().active()) {
      wasRight.run();
      Account account = found.get().user().account();
      long id = account.caller().id();
      audit.record(account.caller(), "login", "user:" + id, Map.of());
      return new Outcome.Success(tokens.issue(id, account.credentialsVersion()));
    }
    audit.record(
        new Caller.Anonymous(),
        "login.failed",
        found.map(it -> "user:" + it.user().id()).orElse("user:unknown"),
        Map.of());
    return new Outcome.Failure();
  }
}
