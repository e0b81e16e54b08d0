package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.slot.Moved;
import dev.freshcut.bookingapi.slot.Terms;
import dev.freshcut.bookingapi.slot.TimeRange;
import dev.freshcut.bookingapi.web.StoredZone;
import dev.freshcut.bookingapi.web.Word;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
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
 * @param customer who comes; null for a hold
 * @param customerId null for a hold
 * @param holdExpiresAt of a hold
 * @param holdIsOver by the database's clock, which every instance shares
 * @param heldBy the user whose hold it is or was
 * @param heldAs her role then
 * @param priceMinor as agreed, in the currency's minor unit
 * @param currency of ISO 4217
 * @param seriesId the series that it is an occurrence of
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
    AppointmentView.@Nullable Customer customer,
    LocalDate localDate,
    Instant startsAt,
    Instant endsAt,
    Instant busyFrom,
    Instant busyUntil,
    Status status,
    @Nullable Instant holdExpiresAt,
    boolean holdIsOver,
    @Nullable Long heldBy,
    @Nullable Role heldAs,
    @Nullable Role cancelledBy,
    long priceMinor,
    String currency,
    @Nullable String note,
    @Nullable Long seriesId,
    long version,
    ZoneId zone,
    String image) {

  /** What {@link #map} needs of a table with the alias {@code a}. */
  static final String COLUMNS =
      """
      a.id, a.location_id, a.barber_id, a.service_id, a.customer_id, a.local_date,
      a.starts_at, a.ends_at, a.busy_from, a.busy_until, a.status, a.version,
      a.hold_expires_at, a.hold_expires_at <= clock_timestamp() AS hold_is_over, a.held_by,
      a.held_as,
      (SELECT n.note FROM appointment_notes n WHERE n.appointment_id = a.id) AS note,
      a.cancelled_by, a.price_minor, a.currency,
      a.series_id,
      (SELECT time_zone FROM locations WHERE locations.id = a.location_id) AS time_zone,
      (SELECT ARRAY[c.user_id::text, c.name, c.email, c.phone] FROM customers c
        WHERE c.id = a.customer_id) AS customer,
      to_jsonb(a)::text AS image
      """;

  static AppointmentRow map(ResultSet row, int n) throws SQLException {
    OffsetDateTime holdExpiresAt = row.getObject("hold_expires_at", OffsetDateTime.class);
    String cancelledBy = row.getString("cancelled_by");
    String heldAs = row.getString("held_as");
    Long customerId = row.getObject("customer_id", Long.class);
    Array array = row.getArray("customer");
    @Nullable String[] customer = array == null ? null : (String[]) array.getArray();
    return new AppointmentRow(
        row.getLong("id"),
        row.getLong("location_id"),
        row.getLong("barber_id"),
        row.getLong("service_id"),
        customerId,
        customer == null || customer[0] == null ? null : Long.valueOf(customer[0]),
        customer == null || customerId == null
            ? null
            : new AppointmentView.Customer(customerId, customer[1], customer[2], customer[3]),
        row.getObject("local_date", LocalDate.class),
        instant(row, "starts_at"),
        instant(row, "ends_at"),
        instant(row, "busy_from"),
        instant(row, "busy_until"),
        Word.of(Status.class, row.getString("status")),
        holdExpiresAt == null ? null : holdExpiresAt.toInstant(),
        row.getBoolean("hold_is_over"),
        row.getObject("held_by", Long.class),
        heldAs == null ? null : Word.of(Role.class, heldAs),
        cancelledBy == null ? null : Word.of(Role.class, cancelledBy),
        row.getLong("price_minor"),
        row.getString("currency"),
        row.getString("note"),
        row.getObject("series_id", Long.class),
        row.getLong("version"),
        StoredZone.of(row.getString("time_zone")),
        row.getString("image"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /**
   * Whether it is the caller's hold, and she still is what she was when she made it: a client, or
   * somebody who works at the location.
   */
  boolean isHeldBy(Caller.User caller) {
    boolean isClient = caller.role() == Role.CLIENT;
    return heldBy != null
        && heldBy == caller.id()
        && (heldAs == null || isClient == (heldAs == Role.CLIENT))
        && (isClient || caller.mayWorkAt(locationId));
  }

  /** Whether it is the caller's to see and to change. */
  boolean isFor(Caller.User caller) {
    return caller.mayHandle(ownerId, locationId);
  }

  /** What it takes of the barber's time, as agreed when it was made. */
  Terms terms() {
    return Terms.between(new TimeRange(startsAt, endsAt), new TimeRange(busyFrom, busyUntil));
  }

  /** The appointment as one that is to be moved. */
  Moved moved() {
    return new Moved(id, barberId, serviceId, terms());
  }

  /** As the caller may see it, whose it is to see: staff see who comes, both see the note. */
  AppointmentView view(Caller.User caller) {
    return view(caller.role() == Role.CLIENT ? null : customer, note);
  }

  /** Without personal data. */
  AppointmentView view() {
    return view(null, null);
  }

  private AppointmentView view(AppointmentView.@Nullable Customer customer, @Nullable String note) {
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
        customer,
        note,
        seriesId,
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
