package dev.freshcut.bookingapi.payment;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.payment.PaymentTable.Priced;
import dev.freshcut.bookingapi.payment.PaymentTable.Sums;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * What can be done with payments. Locks are taken in one order, which is also that of whoever
 * updates a payment by SQL: the payment, its appointment.
 */
@Service
class Payments {
  private final PaymentTable table;
  private final Writes writes;
  private final AuditLog audit;

  Payments(PaymentTable table, Writes writes, AuditLog audit) {
    this.table = table;
    this.writes = writes;
    this.audit = audit;
  }

  Outcome<PaymentView, Problem> find(Caller.User caller, long id) {
    return visible(table.find(id), caller, id).then(row -> Outcome.done(row.view()));
  }

  Outcome<Written<PaymentView>, Problem> record(Caller.User caller, NewPayment wanted) {
    return writes.attempt(
        changes ->
            appointment(caller, wanted.appointmentId())
                .then(priced -> record(caller, priced, wanted, changes)));
  }

  private Outcome<PaymentView, Problem> record(
      Caller.User caller, Priced priced, NewPayment wanted, RowChanges changes) {
    if (wanted.currency() != null && !wanted.currency().equals(priced.currency())) {
      return refused(
          ProblemType.CURRENCY_MISMATCH, "It is priced in %s.".formatted(priced.currency()));
    }
    long tip = Objects.requireNonNullElse(wanted.tipMinor(), 0L);
    long left = priced.priceMinor() - table.paid(priced.id());
    if (wanted.amountMinor() - tip > left) {
      return refused(
          ProblemType.AMOUNT_TOO_HIGH,
          "%d are left to pay, without tips.".formatted(Math.max(left, 0)));
    }
    return insert(
        caller,
        "payment.record",
        new PaymentTable.New(
            priced.locationId(),
            priced.id(),
            Kind.PAYMENT,
            null,
            wanted.method(),
            Objects.requireNonNullElse(wanted.status(), PaymentStatus.SETTLED),
            wanted.amountMinor(),
            tip,
            priced.currency(),
            wanted.paidAt(),
            caller.id()),
        changes);
  }

  Outcome<Written<PaymentView>, Problem> refund(
      Caller.User caller, long id, NewRefund wanted, IfMatch expected) {
    return writes.attempt(
        changes ->
            visible(table.lock(id), caller, id)
                .then(row -> expected(row, expected))
                .then(paid -> refund(caller, paid, wanted, changes)));
  }

  private Outcome<PaymentView, Problem> refund(
      Caller.User caller, PaymentRow paid, NewRefund wanted, RowChanges changes) {
    if (paid.kind() != Kind.PAYMENT || paid.status() != PaymentStatus.SETTLED) {
      return refused(ProblemType.PAYMENT_CLOSED, "Only settled payments are refunded.");
    }
    if (wanted.paidAt() != null
        && wanted.paidAt().isBefore(Objects.requireNonNull(paid.paidAt()))) {
      return Outcome.refused(Problem.invalid("paidAt", "must not be before the payment's"));
    }
    Sums refunded = table.refunded(paid.id());
    long tip = Objects.requireNonNullElse(wanted.tipMinor(), 0L);
    long tipLeft = paid.tipMinor() - refunded.tip();
    long left = paid.amountMinor() - paid.tipMinor() - refunded.amount();
    if (tip > tipLeft || wanted.amountMinor() - tip > left) {
      return refused(
          ProblemType.AMOUNT_TOO_HIGH,
          "%d without the tip, and %d of the tip, are left to give back.".formatted(left, tipLeft));
    }
    return insert(
        caller,
        "payment.refund",
        new PaymentTable.New(
            paid.locationId(),
            paid.appointmentId(),
            Kind.REFUND,
            paid.id(),
            Objects.requireNonNullElse(wanted.method(), paid.method()),
            Objects.requireNonNullElse(wanted.status(), PaymentStatus.SETTLED),
            wanted.amountMinor(),
            tip,
            paid.currency(),
            wanted.paidAt(),
            caller.id()),
        changes);
  }

  private Outcome<PaymentView, Problem> insert(
      Caller.User caller, String action, PaymentTable.New row, RowChanges changes) {
    PaymentRow made = table.insert(row);
    changes.created(PaymentTable.NAME, made.image());
    audit.record(
        caller,
        action,
        "payment:" + made.id(),
        Map.of(
            "amountMinor", row.amountMinor(),
            "currency", row.currency(),
            "status", row.status().text()));
    return Outcome.done(made.view());
  }

  /** Settles a pending payment, or notes that it failed; again changes nothing. */
  Outcome<Written<PaymentView>, Problem> become(
      Caller.User caller, PaymentStatus status, long id, IfMatch expected) {
    return writes.attempt(
        changes ->
            visible(table.lock(id), caller, id)
                .then(row -> expected(row, expected))
                .then(before -> become(caller, status, before, changes)));
  }

  private Outcome<PaymentView, Problem> become(
      Caller.User caller, PaymentStatus status, PaymentRow before, RowChanges changes) {
    if (before.kind() == Kind.REFUND && caller.role() == Role.BARBER) {
      return refused(ProblemType.FORBIDDEN, "Barbers give nothing back.");
    }
    if (before.status() == status) {
      return Outcome.done(before.view());
    }
    if (before.status() != PaymentStatus.PENDING) {
      return refused(
          ProblemType.PAYMENT_CLOSED,
          "Its status is %s; it cannot become %s."
              .formatted(before.status().text(), status.text()));
    }
    PaymentRow after = table.setStatus(before.id(), status);
    changes.updated(PaymentTable.NAME, before.image(), after.image());
    audit.record(
        caller,
        status == PaymentStatus.SETTLED ? "payment.settle" : "payment.fail",
        "payment:" + after.id(),
        Map.of());
    return Outcome.done(after.view());
  }

  private Outcome<Priced, Problem> appointment(Caller.User caller, long id) {
    return Outcome.found(
        table.lockAppointment(id).filter(found -> caller.mayWorkAt(found.locationId())),
        () -> Problem.of(ProblemType.APPOINTMENT_NOT_FOUND, "Appointment " + id));
  }

  /** Another's payment is not there for the caller. */
  private static Outcome<PaymentRow, Problem> visible(
      Optional<PaymentRow> row, Caller.User caller, long id) {
    return Outcome.found(
        row.filter(found -> found.isFor(caller)),
        () -> Problem.of(ProblemType.PAYMENT_NOT_FOUND, "Payment " + id));
  }

  /** The header's condition holds, or the request ends with 412. */
  private static Outcome<PaymentRow, Problem> expected(PaymentRow row, IfMatch expected) {
    expected.require(row.version());
    return Outcome.done(row);
  }

  private static <T> Outcome<T, Problem> refused(ProblemType type, String detail) {
    return Outcome.refused(Problem.of(type, detail));
  }
}
