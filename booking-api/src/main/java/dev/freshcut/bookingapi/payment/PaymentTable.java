package dev.freshcut.bookingapi.payment;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of payments. What is checked here the database checks again. */
@Repository
class PaymentTable {
  static final String NAME = "public.payments";

  private final JdbcClient database;

  PaymentTable(JdbcClient database) {
    this.database = database;
  }

  /** An appointment that can be paid for. */
  record Priced(long id, long locationId, long priceMinor, String currency) {}

  /** Amounts without tips, and tips. */
  record Sums(long amount, long tip) {}

  /** What is to be written of a payment or refund. */
  record New(
      long locationId,
      long appointmentId,
      Kind kind,
      @Nullable Long refundOf,
      Method method,
      PaymentStatus status,
      long amountMinor,
      long tipMinor,
      String currency,
      @Nullable Instant paidAt,
      long createdBy) {}

  /** Also makes others who pay for it, or refund, wait; holds are none. */
  Optional<Priced> lockAppointment(long id) {
    return database
        .sql(
            """
            SELECT id, location_id, price_minor, currency FROM appointments
            WHERE id = ? AND status NOT IN ('held', 'expired') FOR NO KEY UPDATE
            """)
        .param(id)
        .query(
            (row, n) ->
                new Priced(
                    row.getLong("id"),
                    row.getLong("location_id"),
                    row.getLong("price_minor"),
                    row.getString("currency")))
        .optional();
  }

  /** What of an appointment's price is paid or pending, less what was given back. */
  long paid(long appointmentId) {
    return database
        .sql(
            """
            SELECT coalesce(sum(CASE
              WHEN kind = 'payment' THEN amount_minor - tip_minor
              WHEN status = 'settled' THEN tip_minor - amount_minor
              ELSE 0 END), 0)
            FROM payments WHERE appointment_id = ? AND status <> 'failed'
            """)
        .param(appointmentId)
        .query(Long.class)
        .single();
  }

  /** What of a payment is given back, or about to be. */
  Sums refunded(long paymentId) {
    return database
        .sql(
            """
            SELECT coalesce(sum(amount_minor - tip_minor), 0) AS amount,
              coalesce(sum(tip_minor), 0) AS tip
            FROM payments WHERE refund_of = ? AND status <> 'failed'
            """)
        .param(paymentId)
        .query((row, n) -> new Sums(row.getLong("amount"), row.getLong("tip")))
        .single();
  }

  Optional<PaymentRow> find(long id) {
    return select(id, "");
  }

  /** Also locks the row, so that its image is the one that the next update of it replaces. */
  Optional<PaymentRow> lock(long id) {
    return select(id, "FOR NO KEY UPDATE");
  }

  private Optional<PaymentRow> select(long id, String lock) {
    return database
        .sql("SELECT " + PaymentRow.COLUMNS + " FROM payments p WHERE p.id = ? " + lock)
        .param(id)
        .query(PaymentRow::map)
        .optional();
  }

  PaymentRow insert(New row) {
    return database
        .sql(
            """
            INSERT INTO payments AS p (location_id, appointment_id, kind, refund_of, method,
              status, amount_minor, tip_minor, currency, paid_at, created_by)
            VALUES (:location, :appointment, :kind, :refundOf, :method,
              :status, :amount, :tip, :currency, :paidAt, :createdBy)
            RETURNING
            """
                + PaymentRow.COLUMNS)
        .param("location", row.locationId())
        .param("appointment", row.appointmentId())
        .param("kind", row.kind().text())
        .param("refundOf", row.refundOf())
        .param("method", row.method().text())
        .param("status", row.status().text())
        .param("amount", row.amountMinor())
        .param("tip", row.tipMinor())
        .param("currency", row.currency())
        .param("paidAt", row.paidAt() == null ? null : row.paidAt().atOffset(ZoneOffset.UTC))
        .param("createdBy", row.createdBy())
        .query(PaymentRow::map)
        .single();
  }

  /** Of a row that is locked and pending. */
  PaymentRow setStatus(long id, PaymentStatus status) {
    return database
        .sql("UPDATE payments AS p SET status = ? WHERE p.id = ? RETURNING " + PaymentRow.COLUMNS)
        .params(status.text(), id)
        .query(PaymentRow::map)
        .single();
  }
}
