package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Passwords;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.security.SecuritySettings;
import dev.freshcut.bookingapi.user.UserTable.Values;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.write.Outcome;
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
 * manage all.
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

  Page<UserView> page(Caller.User caller, PageRequest page) {
    Long location = caller.role() == Role.OPERATOR ? null : caller.locationId();
    return page.load(
        "users by id of " + (location == null ? "all" : location),
        1,
        (last, count) ->
            table.after(last == null ? 0 : last.getFirst(), location, count).stream()
                .map(UserRow::view)
                .toList(),
        user -> List.of(user.id()));
  }

  Outcome<UserView, UserRefusal> find(Caller.User caller, long id) {
    return visible(table.find(id), caller, id).then(user -> Outcome.done(user.view()));
  }

  Outcome<Written<UserView>, UserRefusal> create(Caller.User caller, NewStaff wanted) {
    Optional<UserRefusal> refusal = ungrantable(caller, wanted.role()).or(() -> malformed(wanted));
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    Long location = wanted.locationId();
    if (location == null && wanted.role().worksAtLocation()) {
      location = caller.locationId();
    }
    Values values =
        new Values(
            wanted.role(), location, wanted.barberId(), null, null, true, wanted.name(), null);
    String hash = wanted.password() == null ? null : passwords.hash(wanted.password());
    return writes.attempt(changes -> create(caller, wanted, values, hash, changes));
  }

  private Outcome<UserView, UserRefusal> create(
      Caller.User caller,
      NewStaff wanted,
      Values values,
      @Nullable String hash,
      RowChanges changes) {
    Optional<UserRefusal> misplaced = misplaced(caller, values);
    if (misplaced.isPresent()) {
      return Outcome.refused(misplaced.get());
    }
    Optional<UserRow> made = table.insert(values, wanted.email(), hash, changes);
    if (made.isEmpty()) {
      return Outcome.refused(new UserRefusal.EmailTaken());
    }
    audit.record(caller, "user.create", "user:" + made.get().id(), place(values));
    return Outcome.done(made.get().view());
  }

  private Optional<UserRefusal> malformed(NewStaff wanted) {
    if (wanted.role() == Role.CLIENT) {
      return invalid("role", "must not be client: clients register themselves");
    }
    return ownLogin == (wanted.password() == null)
        ? invalid(
            "password", ownLogin ? "is missing" : "must be left out: users log in at the issuer")
        : Optional.empty();
  }

  Outcome<Written<UserView>, UserRefusal> change(
      Caller.User caller, long id, UserChange wanted, IfMatch expected) {
    if (wanted.password() != null && !ownLogin) {
      return Outcome.refused(
          new UserRefusal.Invalid("password", "must be left out: users log in at the issuer"));
    }
    String hash = wanted.password() == null ? null : passwords.hash(wanted.password());
    return writes.attempt(
        changes ->
            visible(table.lock(id), caller, id)
                .then(
                    user -> {
                      expected.require(user.version());
                      return change(caller, user, merge(user, wanted), hash, changes);
                    }));
  }

  private Outcome<UserView, UserRefusal> change(
      Caller.User caller, UserRow user, Values values, @Nullable String hash, RowChanges changes) {
    long id = user.id();
    boolean sameRights =
        values.role() == user.role()
            && Objects.equals(values.locationId(), user.locationId())
            && values.active() == user.active();
    Optional<UserRefusal> refusal =
        ungrantable(caller, values.role())
            .or(() -> misplaced(caller, values))
            .or(
                () ->
                    caller.id() == id && (!sameRights || hash != null)
                        ? Optional.of(new UserRefusal.OwnAccount())
                        : Optional.empty());
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    UserRow after = table.update(id, values, changes);
    if (hash != null) {
      after = table.setPassword(id, hash, changes);
      audit.record(caller, "user.password", "user:" + id, Map.of());
    }
    audit.record(caller, "user.change", "user:" + id, place(values));
    return Outcome.done(after.view());
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
  private static Outcome<UserRow, UserRefusal> visible(
      Optional<UserRow> user, Caller.User caller, long id) {
    return Outcome.found(
        user.filter(
            row ->
                caller.role() == Role.OPERATOR
                    || (row.locationId() != null && caller.mayWorkAt(row.locationId()))),
        () -> new UserRefusal.NoUser(id));
  }

  private static Optional<UserRefusal> ungrantable(Caller.User caller, Role role) {
    return caller.role() != Role.OPERATOR && !role.worksAtLocation()
        ? Optional.of(new UserRefusal.NotHers("An owner gives the roles barber and owner only."))
        : Optional.empty();
  }

  private Optional<UserRefusal> misplaced(Caller.User caller, Values values) {
    Long location = values.locationId();
    Long barber = values.barberId();
    if (!values.role().worksAtLocation()) {
      return location == null && barber == null
          ? Optional.empty()
          : invalid(
              location != null ? "locationId" : "barberId",
              "must be left out: the role works at no location");
    }
    if (location == null) {
      return invalid("locationId", "is missing");
    }
    if (!caller.mayWorkAt(location)) {
      return Optional.of(
          new UserRefusal.NotHers("An owner manages those of her own location only."));
    }
    if (!table.locationExists(location)) {
      return Optional.of(new UserRefusal.NoLocation(location));
    }
    return barber == null || table.barberExists(location, barber)
        ? Optional.empty()
        : Optional.of(new UserRefusal.NoBarber(location, barber));
  }

  private static Map<String, Object> place(Values values) {
    return values.locationId() == null
        ? Map.of("role", values.role().text(), "active", values.active())
        : Map.of(
            "role", values.role().text(),
            "active", values.active(),
            "location", values.locationId());
  }

  private static Optional<UserRefusal> invalid(String field, String reason) {
    return Optional.of(new UserRefusal.Invalid(field, reason));
  }
}
