package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Passwords;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.security.SecuritySettings;
import dev.freshcut.bookingapi.user.UserTable.Values;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Users in the hands of owners, who manage those who work at their location, and of operators, who
 * manage all. A refusal is a {@link ProblemException}.
 */
@Service
class Staff {
  private final UserTable table;
  private final Passwords passwords;
  private final Writes writes;
  private final AuditLog audit;
  private final boolean ownLogin;

  Staff(
      UserTable table,
      Passwords passwords,
      Writes writes,
      AuditLog audit,
      SecuritySettings settings) {
    this.table = table;
    this.passwords = passwords;
    this.writes = writes;
    this.audit = audit;
    this.ownLogin = settings.hasLogin();
  }

  List<UserView> after(Caller.User caller, long id, int limit) {
    Long location = caller.role() == Role.OPERATOR ? null : caller.locationId();
    return table.after(id, location, limit).stream().map(UserRow::view).toList();
  }

  UserView find(Caller.User caller, long id) {
    return visible(table.find(id), caller, id).view();
  }

  Written<UserView> create(Caller.User caller, NewStaff wanted) {
    requireGrantable(caller, wanted.role());
    if (wanted.role() == Role.CLIENT) {
      throw invalid("role", "must not be client: clients register themselves");
    }
    if (ownLogin == (wanted.password() == null)) {
      throw invalid(
          "password", ownLogin ? "is missing" : "must be left out: users log in at the issuer");
    }
    Long location = wanted.locationId();
    if (location == null && wanted.role().worksAtLocation()) {
      location = caller.locationId();
    }
    Values values =
        new Values(
            wanted.role(), location, wanted.barberId(), null, null, true, wanted.name(), null);
    String hash = wanted.password() == null ? null : passwords.hash(wanted.password());
    return writes.run(
        changes -> {
          requirePlace(caller, values);
          UserRow made =
              table.insert(values, wanted.email(), hash, changes).orElseThrow(Users::emailTaken);
          audit.record(caller, "user.create", "user:" + made.id(), place(values));
          return made.view();
        });
  }

  Written<UserView> change(Caller.User caller, long id, UserChange wanted) {
    String hash = hash(wanted);
    return writes.run(changes -> change(caller, id, wanted, hash, changes));
  }

  private UserView change(
      Caller.User caller, long id, UserChange wanted, @Nullable String hash, RowChanges changes) {
    UserRow user = visible(table.lock(id), caller, id);
    Values values = merge(user, wanted);
    requireGrantable(caller, values.role());
    requirePlace(caller, values);
    boolean sameRights =
        values.role() == user.role()
            && Objects.equals(values.locationId(), user.locationId())
            && values.active() == user.active();
    if (caller.id() == id && (!sameRights || hash != null)) {
      throw new ProblemException(
          ProblemType.OWN_ACCOUNT,
          "Another owner or operator can do it; a password is changed at /api/v1/me/password.");
    }
    UserRow after = table.update(id, values, changes);
    if (hash != null) {
      after = table.setPassword(id, hash, changes);
      audit.record(caller, "user.password", "user:" + id, Map.of());
    }
    audit.record(caller, "user.change", "user:" + id, place(values));
    return after.view();
  }

  private @Nullable String hash(UserChange wanted) {
    if (wanted.password() == null) {
      return null;
    }
    if (!ownLogin) {
      throw invalid("password", "must be left out: users log in at the issuer");
    }
    return passwords.hash(wanted.password());
  }

  private static Values merge(UserRow user, UserChange wanted) {
    Role role = Objects.requireNonNullElse(wanted.role(), user.role());
    Long location = wanted.locationId() == null ? user.locationId() : wanted.locationId();
    boolean elsewhere = !Objects.equals(location, user.locationId());
    Long barber =
        wanted.barberId() != null ? wanted.barberId() : elsewhere ? null : user.barberId();
    return new Values(
        role,
        role.worksAtLocation() ? location : wanted.locationId(),
        role.worksAtLocation() ? barber : wanted.barberId(),
        user.timeZone(),
        user.language(),
        Objects.requireNonNullElse(wanted.active(), user.active()),
        Objects.requireNonNullElse(wanted.name(), user.name()),
        user.phone());
  }

  /** Another's user is not there for an owner. */
  private static UserRow visible(Optional<UserRow> user, Caller.User caller, long id) {
    return user.filter(
            row ->
                caller.role() == Role.OPERATOR
                    || (row.locationId() != null && caller.mayWorkAt(row.locationId())))
        .orElseThrow(() -> Users.notFound(id));
  }

  private static void requireGrantable(Caller.User caller, Role role) {
    if (caller.role() != Role.OPERATOR && !role.worksAtLocation()) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "An owner gives the roles barber and owner only.");
    }
  }

  private void requirePlace(Caller.User caller, Values values) {
    Long location = values.locationId();
    Long barber = values.barberId();
    if (!values.role().worksAtLocation()) {
      if (location != null || barber != null) {
        throw invalid(
            location != null ? "locationId" : "barberId",
            "must be left out: the role works at no location");
      }
      return;
    }
    if (location == null) {
      throw invalid("locationId", "is missing");
    }
    if (!caller.mayWorkAt(location)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "An owner manages those of her own location only.");
    }
    if (!table.locationExists(location)) {
      throw new ProblemException(ProblemType.LOCATION_NOT_FOUND, "Location " + location);
    }
    if (barber != null && !table.barberExists(location, barber)) {
      throw new ProblemException(
          ProblemType.BARBER_NOT_FOUND, "Barber %d at location %d".formatted(barber, location));
    }
  }

  private static Map<String, Object> place(Values values) {
    return values.locationId() == null
        ? Map.of("role", values.role().text(), "active", values.active())
        : Map.of(
            "role", values.role().text(),
            "active", values.active(),
            "location", values.locationId());
  }

  private static ProblemException invalid(String field, String reason) {
    return new ProblemException(
        Problem.of(
            ProblemType.INVALID_REQUEST, "See errors.", new Problem.FieldError(field, reason)));
  }
}
