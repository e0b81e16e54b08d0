package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.StoredZone;
import dev.freshcut.bookingapi.web.Word;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code waiting_list}.
 *
 * @param ownerId the user who is the customer, if she is one
 * @param appointmentId the hold that is or was offered
 * @param hold what is offered; null unless there is an offer
 * @param zone of its location
 */
record EntryRow(
    long id,
    long locationId,
    @Nullable Long barberId,
    long serviceId,
    long customerId,
    @Nullable Long ownerId,
    LocalDate firstDate,
    LocalDate lastDate,
    @Nullable LocalTime notBefore,
    @Nullable LocalTime notAfter,
    State state,
    @Nullable Long appointmentId,
    @Nullable Hold hold,
    long version,
    ZoneId zone) {

  /** A time that is held. */
  record Hold(
      long id,
      long barberId,
      OffsetDateTime startsAt,
      OffsetDateTime endsAt,
      OffsetDateTime expiresAt) {}

  static EntryRow map(ResultSet row, int n) throws SQLException {
    State state = Word.of(State.class, row.getString("state"));
    return new EntryRow(
        row.getLong("id"),
        row.getLong("location_id"),
        row.getObject("barber_id", Long.class),
        row.getLong("service_id"),
        row.getLong("customer_id"),
        row.getObject("user_id", Long.class),
        row.getObject("first_date", LocalDate.class),
        row.getObject("last_date", LocalDate.class),
        row.getObject("not_before", LocalTime.class),
        row.getObject("not_after", LocalTime.class),
        state,
        row.getObject("appointment_id", Long.class),
        state == State.OFFERED ? hold(row) : null,
        row.getLong("version"),
        StoredZone.of(row.getString("time_zone")));
  }

  private static @Nullable Hold hold(ResultSet row) throws SQLException {
    OffsetDateTime expiresAt = row.getObject("hold_expires_at", OffsetDateTime.class);
    return expiresAt == null
        ? null
        : new Hold(
            row.getLong("appointment_id"),
            row.getLong("hold_barber_id"),
            row.getObject("starts_at", OffsetDateTime.class),
            row.getObject("ends_at", OffsetDateTime.class),
            expiresAt);
  }

  /** Whether it is the caller's to see and to change. */
  boolean isFor(Caller.User caller) {
    return caller.mayHandle(ownerId, locationId);
  }

  EntryView view() {
    return new EntryView(
        id,
        locationId,
        barberId,
        serviceId,
        customerId,
        firstDate,
        lastDate,
        notBefore == null ? null : notBefore.toString(),
        notAfter == null ? null : notAfter.toString(),
        state,
        hold == null
            ? null
            : new EntryView.Offer(
                hold.id(),
                hold.barberId(),
                local(hold.startsAt()),
                local(hold.endsAt()),
                local(hold.expiresAt())),
        state == State.ACCEPTED ? appointmentId : null,
        version);
  }

  private OffsetDateTime local(OffsetDateTime time) {
    return time.atZoneSameInstant(zone).toOffsetDateTime();
  }
}
