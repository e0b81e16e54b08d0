package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.slot.Terms;
import dev.freshcut.bookingapi.web.StoredZone;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code appointments}.
 *
 * @param ownerId the user who is the customer, if she is one
 * @param customerId null for a hold
 * @param holdExpiresAt of a hold
 * @param holdIsOver by the database's clock, which every instance shares
 * @param heldBy the user whose hold it is or was
 * @param priceMinor as agreed, in the currency's minor unit
 * @param currency of ISO 4217
 * @param zone of its location
 * @param image the row as JSON, for the cache's rules
 */
record AppointmentRow(
    long id,
    long locationId,
    long barberId,
    long serviceId,
    @Nullable Long customerId,
    @Nullable Long ownerId,
    LocalDate localDate,
    Instant startsAt,
    Instant endsAt,
    Instant busyFrom,
    Instant busyUntil,
    Status status,
    @Nullable Instant holdExpiresAt,
    boolean holdIsOver,
    @Nullable Long heldBy,
    @Nullable Role cancelledBy,
    long priceMinor,
    String currency,
    long version,
    ZoneId zone,
    String image) {

  /** What {@link #map} needs of a table with the alias {@code a}. */
  static final String COLUMNS =
      """
      a.id, a.location_id, a.barber_id, a.service_id, a.customer_id, a.local_date,
      a.starts_at, a.ends_at, a.busy_from, a.busy_until, a.status, a.version,
      a.hold_expires_at, a.hold_expires_at <= clock_timestamp() AS hold_is_over, a.held_by,
      a.cancelled_by, a.price_minor, a.currency,
      (SELECT time_zone FROM locations WHERE locations.id = a.location_id) AS time_zone,
      (SELECT user_id FROM customers WHERE customers.id = a.customer_id) AS owner_id,
      to_jsonb(a)::text AS image
      """;

  static AppointmentRow map(ResultSet row, int n) throws SQLException {
    OffsetDateTime holdExpiresAt = row.getObject("hold_expires_at", OffsetDateTime.class);
    String cancelledBy = row.getString("cancelled_by");
    return new AppointmentRow(
        row.getLong("id"),
        row.getLong("location_id"),
        row.getLong("barber_id"),
        row.getLong("service_id"),
        row.getObject("customer_id", Long.class),
        row.getObject("owner_id", Long.class),
        row.getObject("local_date", LocalDate.class),
        instant(row, "starts_at"),
        instant(row, "ends_at"),
        instant(row, "busy_from"),
        instant(row, "busy_until"),
        Status.of(row.getString("status")),
        holdExpiresAt == null ? null : holdExpiresAt.toInstant(),
        row.getBoolean("hold_is_over"),
        row.getObject("held_by", Long.class),
        cancelledBy == null ? null : Role.of(cancelledBy),
        row.getLong("price_minor"),
        row.getString("currency"),
        row.getLong("version"),
        StoredZone.of(row.getString("time_zone")),
        row.getString("image"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** Whether it is the caller's hold. */
  boolean isHeldBy(Caller.User caller) {
    return heldBy != null && heldBy == caller.id();
  }

  /** Whether it is the caller's to see and to change. */
  boolean isFor(Caller.User caller) {
    return caller.role() == Role.CLIENT
        ? ownerId != null && ownerId == caller.id()
        : caller.mayWorkAt(locationId);
  }

  /** What it takes of the barber's time, as agreed when it was made. */
  Terms terms() {
    return new Terms(
        Duration.between(startsAt, endsAt),
        Duration.between(busyFrom, startsAt),
        Duration.between(endsAt, busyUntil));
  }

  AppointmentView view() {
    return new AppointmentView(
        id,
        locationId,
        barberId,
        serviceId,
        Objects.requireNonNull(customerId, "a hold is no appointment"),
        localDate,
        startsAt.atZone(zone).toOffsetDateTime(),
        endsAt.atZone(zone).toOffsetDateTime(),
        status,
        cancelledBy,
        priceMinor,
        currency,
        version);
  }

  HoldView hold() {
    return new HoldView(
        id,
        locationId,
        barberId,
        serviceId,
        localDate,
        startsAt.atZone(zone).toOffsetDateTime(),
        endsAt.atZone(zone).toOffsetDateTime(),
        Objects.requireNonNull(holdExpiresAt, "an appointment is no hold")
            .atZone(zone)
            .toOffsetDateTime(),
        status);
  }
}
