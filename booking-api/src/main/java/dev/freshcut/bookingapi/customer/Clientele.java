package dev.freshcut.bookingapi.customer;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.customer.Customers.Contact;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.Decision;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.ProblemType;
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

  Decision<CustomerView> find(Caller.User caller, long id) {
    return visible(table.find(id), caller, id).then(row -> Decision.granted(row.view()));
  }

  Written<Decision<CustomerView>> create(Caller.User caller, long locationId, Contact contact) {
    return writes.run(
        changes -> {
          if (!caller.mayWorkAt(locationId) || !table.locationExists(locationId)) {
            return Decision.refused(ProblemType.LOCATION_NOT_FOUND, "Location " + locationId);
          }
          return table
              .insert(locationId, contact)
              .map(
                  made -> {
                    audit.record(caller, "customer.create", "customer:" + made.id(), Map.of());
                    return Decision.granted(made.view());
                  })
              .orElseGet(Clientele::exists);
        });
  }

  /** Changes what is given; what is null stays. */
  Written<Decision<CustomerView>> change(
      Caller.User caller, long id, CustomerChange wanted, IfMatch expected) {
    try {
      return writes.run(
          changes ->
              visible(table.lock(id), caller, id)
                  .then(row -> expected(row, expected))
                  .then(row -> change(caller, row, wanted)));
    } catch (DuplicateKeyException e) {
      return new Written<>(exists(), 0);
    }
  }

  private Decision<CustomerView> change(
      Caller.User caller, CustomerRow before, CustomerChange wanted) {
    if (before.userId() != null || before.anonymised()) {
      return Decision.refused(
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
    return Decision.granted(after.view());
  }

  /** Replaces name and addresses; again changes nothing and is no failure. */
  Written<Decision<CustomerView>> anonymise(Caller.User caller, long id, IfMatch expected) {
    return writes.run(
        changes ->
            visible(table.lock(id), caller, id)
                .then(row -> expected(row, expected))
                .then(row -> anonymise(caller, row)));
  }

  private Decision<CustomerView> anonymise(Caller.User caller, CustomerRow before) {
    if (before.anonymised()) {
      return Decision.granted(before.view());
    }
    if (table.isExpected(before)) {
      return Decision.refused(
          ProblemType.CUSTOMER_EXPECTED, "Cancel them, or wait until they are over.");
    }
    CustomerRow after = table.anonymise(before);
    audit.record(caller, "customer.anonymise", "customer:" + after.id(), Map.of());
    return Decision.granted(after.view());
  }

  /** Another location's customer is not there for the caller. */
  private static Decision<CustomerRow> visible(
      Optional<CustomerRow> row, Caller.User caller, long id) {
    return row.filter(found -> found.isFor(caller))
        .map(Decision::granted)
        .orElseGet(() -> Decision.refused(ProblemType.CUSTOMER_NOT_FOUND, "Customer " + id));
  }

  /** The header's condition holds, or the request ends with 412. */
  private static Decision<CustomerRow> expected(CustomerRow row, IfMatch expected) {
    expected.require(row.version());
    return Decision.granted(row);
  }

  private static <T> Decision<T> exists() {
    return Decision.refused(ProblemType.CUSTOMER_EXISTS, "Search for it in the list.");
  }
}
