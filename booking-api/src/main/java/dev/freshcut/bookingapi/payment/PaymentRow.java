package dev.freshcut.bookingapi.payment;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.Word;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code payments}.
 *
 * @param ownerId the user who is the appointment's customer, if she is one
 * @param image the row as JSON, for the cache's rules
 */
record PaymentRow(
    long id,
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
    Instant createdAt,
    long version,
    @Nullable Long ownerId,
    String image) {

  /** What {@link #map} needs of a table with the alias {@code p}. */
  static final String COLUMNS =
      """
      p.id, p.location_id, p.appointment_id, p.kind, p.refund_of, p.method, p.status,
      p.amount_minor, p.tip_minor, p.currency, p.paid_at, p.created_at, p.version,
      (SELECT c.user_id FROM appointments a JOIN customers c ON c.id = a.customer_id
        WHERE a.id = p.appointment_id) AS owner_id,
      to_jsonb(p)::text AS image
      """;

  static PaymentRow map(ResultSet row, int n) throws SQLException {
    OffsetDateTime paidAt = row.getObject("paid_at", OffsetDateTime.class);
    return new PaymentRow(
        row.getLong("id"),
        row.getLong("location_id"),
        row.getLong("appointment_id"),
        Word.of(Kind.class, row.getString("kind")),
        row.getObject("refund_of", Long.class),
        Word.of(Method.class, row.getString("method")),
        Word.of(PaymentStatus.class, row.getString("status")),
        row.getLong("amount_minor"),
        row.getLong("tip_minor"),
        row.getString("currency"),
        paidAt == null ? null : paidAt.toInstant(),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"),
        row.getObject("owner_id", Long.class),
        row.getString("image"));
  }

  /** Whether the caller may see it: staff of the location, and the client whose it is. */
  boolean isFor(Caller.User caller) {
    return caller.mayHandle(ownerId, locationId);
  }

  /** Where it is in the list of payments: when it was paid, or else recorded. */
  Instant time() {
    return paidAt == null ? createdAt : paidAt;
  }

  PaymentView view() {
    return new PaymentView(
        id,
        locationId,
        appointmentId,
        kind,
        refundOf,
        method,
        status,
        amountMinor,
        tipMinor,
        currency,
        paidAt,
        createdAt,
        version);
  }
}
