package dev.freshcut.bookingapi.customer;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.customer.Customers.Contact;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** What staff do with the customers of their location. */
@Service
class Clientele {
  private final CustomerTable table;
  private final Writes writes;
  private final AuditLog audit;

  Clientele(CustomerTable table, Writes writes, AuditLog audit) {
    this.table = table;
    this.writes = writes;
    this.audit = audit;
  }

  Page<CustomerView> page(CustomerFilter filter, PageRequest page) {
    Page<CustomerRow> rows =
        page.load(
            "customers by id, " + filter,
            1,
            (last, count) -> table.after(filter, last, count),
            row -> List.of(row.id()));
    return new Page<>(rows.items().stream().map(CustomerRow::view).toList(), rows.nextCursor());
  }

  Outcome<CustomerView, Problem> find(Caller.User caller, long id) {
    return visible(table.find(id), caller, id).then(row -> Outcome.done(row.view()));
  }

  Outcome<Written<CustomerView>, Problem> create(
      Caller.User caller, long locationId, Contact contact) {
    return writes.attempt(
        changes -> {
          if (!caller.mayWorkAt(locationId) || !table.locationExists(locationId)) {
            return refused(ProblemType.LOCATION_NOT_FOUND, "Location " + locationId);
          }
          return table
              .insert(locationId, contact)
              .<Outcome<CustomerView, Problem>>map(
                  made -> {
                    audit.record(caller, "customer.create", "customer:" + made.id(), Map.of());
                    return Outcome.done(made.view());
                  })
              .orElseGet(Clientele::exists);
        });
  }

  /** Changes what is given; what is null stays. */
  Outcome<Written<CustomerView>, Problem> change(
      Caller.User caller, long id, CustomerChange wanted, IfMatch expected) {
    try {
      return writes.attempt(
          changes ->
              visible(table.lock(id), caller, id)
                  .then(row -> expected(row, expected))
                  .then(row -> change(caller, row, wanted)));
    } catch (DuplicateKeyException e) {
      return exists();
    }
  }

  private Outcome<CustomerView, Problem> change(
      Caller.User caller, CustomerRow before, CustomerChange wanted) {
    if (before.userId() != null || before.anonymised()) {
      return refused(
          ProblemType.CUSTOMER_FIXED,
          before.anonymised() ? "She is anonymised." : "She keeps her own profile.");
    }
    CustomerRow after =
        table.update(
            before.id(),
            new Contact(
                Objects.requireNonNullElse(wanted.name(), before.name()),
                Objects.requireNonNullElse(wanted.email(), before.email()),
                wanted.phone() == null ? before.phone() : wanted.phone()));
    audit.record(caller, "customer.change", "customer:" + after.id(), Map.of());
    return Outcome.done(after.view());
  }

  /** Replaces name and addresses; again changes nothing and is no failure. */
  Outcome<Written<CustomerView>, Problem> anonymise(Caller.User caller, long id, IfMatch expected) {
    return writes.attempt(
        changes ->
            visible(table.lock(id), caller, id)
                .then(row -> expected(row, expected))
                .then(row -> anonymise(caller, row, changes)));
  }

  private Outcome<CustomerView, Problem> anonymise(
      Caller.User caller, CustomerRow before, RowChanges changes) {
    if (before.anonymised()) {
      return Outcome.done(before.view());
    }
    if (table.isExpected(before)) {
      return refused(ProblemType.CUSTOMER_EXPECTED, "Cancel them, or wait until they are over.");
    }
    CustomerRow after = table.anonymise(before, changes);
    audit.record(caller, "customer.anonymise", "customer:" + after.id(), Map.of());
    return Outcome.done(after.view());
  }

  /** Another location's customer is not there for the caller. */
  private static Outcome<CustomerRow, Problem> visible(
      Optional<CustomerRow> row, Caller.User caller, long id) {
    return Outcome.found(
        row.filter(found -> found.isFor(caller)),
        () -> Problem.of(ProblemType.CUSTOMER_NOT_FOUND, "Customer " + id));
  }

  /** The header's condition holds, or the request ends with 412. */
  private static Outcome<CustomerRow, Problem> expected(CustomerRow row, IfMatch expected) {
    expected.require(row.version());
    return Outcome.done(row);
  }

  private static <T> Outcome<T, Problem> exists() {
    return refused(ProblemType.CUSTOMER_EXISTS, "Search for it in the list.");
  }

  private static <T> Outcome<T, Problem> refused(ProblemType type, String detail) {
    return Outcome.refused(Problem.of(type, detail));
  }
}
