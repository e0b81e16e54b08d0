package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.location.TimeZones;
import dev.freshcut.bookingapi.ratelimit.LoginLimit;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Passwords;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.security.SecuritySettings;
import dev.freshcut.bookingapi.security.Tokens;
import dev.freshcut.bookingapi.user.UserTable.Values;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What users do with their own accounts. */
@Service
class Users {
  private final UserTable table;
  private final Passwords passwords;
  private final Tokens tokens;
  private final LoginLimit limit;
  private final Writes writes;
  private final TimeZones zones;
  private final AuditLog audit;
  private final boolean ownLogin;

  Users(
      UserTable table,
      Passwords passwords,
      Tokens tokens,
      LoginLimit limit,
      Writes writes,
      TimeZones zones,
      AuditLog audit,
      SecuritySettings settings) {
    this.table = table;
    this.passwords = passwords;
    this.tokens = tokens;
    this.limit = limit;
    this.writes = writes;
    this.zones = zones;
    this.audit = audit;
    this.ownLogin = settings.hasLogin();
  }

  /** Makes a client. */
  Outcome<Written<UserView>, UserRefusal> register(Registration wanted) {
    if (!ownLogin) {
      return Outcome.refused(new UserRefusal.IssuersMatter());
    }
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
    return writes.attempt(
        changes -> zone(wanted.timeZone()).then(ok -> register(wanted, values, hash, changes)));
  }

  private Outcome<UserView, UserRefusal> register(
      Registration wanted, Values values, String hash, RowChanges changes) {
    Optional<UserRow> made = table.insert(values, wanted.email(), hash, changes);
    if (made.isEmpty()) {
      return Outcome.refused(new UserRefusal.EmailTaken());
    }
    audit.record(new Caller.Anonymous(), "user.register", "user:" + made.get().id(), Map.of());
    return Outcome.done(made.get().view());
  }

  Outcome<Written<UserView>, UserRefusal> change(
      Caller.User caller, ProfileChange wanted, IfMatch expected) {
    return writes.attempt(
        changes ->
            own(caller)
                .then(
                    user -> {
                      expected.require(user.version());
                      return zone(wanted.timeZone())
                          .then(
                              ok ->
                                  Outcome.done(
                                      table
                                          .update(user.id(), merge(user, wanted), changes)
                                          .view()));
                    }));
  }

  private static Values merge(UserRow user, ProfileChange wanted) {
    return new Values(
        user.role(),
        user.locationId(),
        user.barberId(),
        or(wanted.timeZone(), user.timeZone()),
        or(wanted.language(), user.language()),
        user.active(),
        Objects.requireNonNullElse(wanted.name(), user.name()),
        or(wanted.phone(), user.phone()));
  }

  /** Voids all tokens that the user has, and returns a new one. */
  Outcome<Written<AccessToken>, UserRefusal> changePassword(
      Caller.User caller, PasswordChange wanted) {
    if (!ownLogin) {
      return Outcome.refused(new UserRefusal.IssuersMatter());
    }
    return current(caller, wanted.currentPassword())
        .then(
            right -> {
              String hash = passwords.hash(wanted.newPassword());
              return writes.attempt(changes -> changePassword(caller, hash, changes));
            });
  }

  private Outcome<AccessToken, UserRefusal> changePassword(
      Caller.User caller, String hash, RowChanges changes) {
    return own(caller)
        .then(
            user -> {
              UserRow after = table.setPassword(user.id(), hash, changes);
              audit.record(caller, "user.password", "user:" + user.id(), Map.of());
              return Outcome.done(
                  AccessToken.of(tokens.issue(after.id(), after.credentialsVersion())));
            });
  }

  /** As limited as logins: a token that was stolen must not serve to guess the password. */
  private Outcome<Boolean, UserRefusal> current(Caller.User caller, String password) {
    return switch (limit.beginOwn(caller.id())) {
      case LoginLimit.Attempt.Refused refused ->
          Outcome.refused(new UserRefusal.TooManyTries(refused.pause()));
      case LoginLimit.Attempt.Allowed allowed -> {
        @Nullable String hash = table.passwordHash(caller.id()).orElse(null);
        if (!passwords.matches(password, hash)) {
          yield Outcome.refused(new UserRefusal.WrongPassword());
        }
        allowed.wasRight().run();
        yield Outcome.done(true);
      }
    };
  }

  private Outcome<UserRow, UserRefusal> own(Caller.User caller) {
    return Outcome.found(table.lock(caller.id()), () -> new UserRefusal.NoUser(caller.id()));
  }

  /** The request's form has been checked; whether the database knows the zone, it says itself. */
  private Outcome<Boolean, UserRefusal> zone(@Nullable String name) {
    return name == null || zones.isKnown(name)
        ? Outcome.done(true)
        : Outcome.refused(
            new UserRefusal.Invalid("timeZone", "must be a zone that the database knows too"));
  }

  static ProblemException notFound(long id) {
    return new UserRefusal.NoUser(id).problem();
  }

  private static @Nullable String or(@Nullable String wanted, @Nullable String present) {
    return wanted == null ? present : wanted;
  }
}
