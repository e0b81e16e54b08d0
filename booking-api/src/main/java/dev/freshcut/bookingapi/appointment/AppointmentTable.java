package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.slot.Terms;
import dev.freshcut.bookingapi.slot.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of appointments. */
@Repository
class AppointmentTable {
  static final String NAME = "public.appointments";

  private final JdbcClient database;

  AppointmentTable(JdbcClient database) {
    this.database = database;
  }

  /** Keeps the location's schedule as it is. False if there is no such location. */
  boolean lockLocation(long locationId) {
    return database
        .sql("SELECT id FROM locations WHERE id = ? FOR SHARE")
        .param(locationId)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  /**
   * Makes writers of the barbers' appointments and schedules wait for one another. Without it the
   * exclusion constraint would still keep appointments apart, but by deadlocks: two rows, each
   * waiting for the other.
   *
   * @param barberId null for all of the location
   * @return those who are active
   */
  List<Long> lockBarbers(long locationId, @Nullable Long barberId) {
    return database
        .sql(
            """
            SELECT id FROM barbers
            WHERE location_id = :location AND active
              AND (:barber::bigint IS NULL OR id = :barber)
            ORDER BY id FOR NO KEY UPDATE
            """)
        .param("location", locationId)
        .param("barber", barberId)
        .query(Long.class)
        .list();
  }

  Optional<AppointmentRow> find(long id) {
    return select(id, "");
  }

  /**
   * Also locks the row, so that its image is the one that the next update of it replaces; and
   * before it its location, which the database locks with the update: whoever changes the zone
   * locks the location first and then its appointments.
   */
  Optional<AppointmentRow> lock(long id) {
    database
        .sql(
            """
            SELECT id FROM locations
            WHERE id = (SELECT location_id FROM appointments WHERE id = ?) FOR SHARE
            """)
        .param(id)
        .query(Long.class)
        .optional();
    return select(id, "FOR NO KEY UPDATE");
  }

  private Optional<AppointmentRow> select(long id, String lock) {
    return database
        .sql("SELECT " + AppointmentRow.COLUMNS + " FROM appointments a WHERE a.id = ? " + lock)
        .param(id)
        .query(AppointmentRow::map)
        .optional();
  }

  /** What is to be written of a new appointment. */
  record New(
      long locationId,
      long serviceId,
      Desk.Place place,
      Instant startsAt,
      @Nullable Long customerId,
      @Nullable String note,
      @Nullable Occurrence occurrence) {
    New(
        long locationId,
        long serviceId,
        Desk.Place place,
        Instant startsAt,
        @Nullable Long customerId,
        @Nullable String note) {
      this(locationId, serviceId, place, startsAt, customerId, note, null);
    }
  }

  /** An appointment, confirmed or pending as its place has it. */
  AppointmentRow insert(New row) {
    return insert(row, row.place().status(), null, null);
  }

  /** A hold, which is over after this time by the database's clock. */
  AppointmentRow hold(New row, Duration duration, @Nullable Long userId) {
    return insert(row, Status.HELD, duration, userId);
  }

  private AppointmentRow insert(
      New row, Status status, @Nullable Duration hold, @Nullable Long heldBy) {
    Terms terms = row.place().terms();
    TimeRange busy = terms.busy(row.startsAt());
    Occurrence occurrence = row.occurrence();
    return database
        .sql(
            """
            INSERT INTO appointments AS a (location_id, barber_id, service_id, customer_id,
              starts_at, ends_at, busy_from, busy_until, note, status, hold_expires_at, held_by,
              held_as, series_id, series_date)
            VALUES (:location, :barber, :service, :customer, :start, :end, :busyFrom, :busyUntil,
              :note, :status, clock_timestamp() + make_interval(secs => :hold::float8), :heldBy,
              (SELECT role FROM users WHERE id = :heldBy), :series, :seriesDate)
            ON CONFLICT ON CONSTRAINT appointments_no_overlap DO NOTHING
            RETURNING
            """
                + AppointmentRow.COLUMNS)
        .param("location", row.locationId())
        .param("barber", row.place().barberId())
        .param("service", row.serviceId())
        .param("customer", row.customerId())
        .param("start", utc(row.startsAt()))
        .param("end", utc(terms.service(row.startsAt()).until()))
        .param("busyFrom", utc(busy.from()))
        .param("busyUntil", utc(busy.until()))
        .param("note", row.note())
        .param("status", status.text())
        .param("hold", hold == null ? null : hold.toMillis() / 1000.0)
        .param("heldBy", heldBy)
        .param("series", occurrence == null ? null : occurrence.seriesId())
        .param("seriesDate", occurrence == null ? null : occurrence.date())
        .query(AppointmentRow::map)
        .optional()
        .orElseThrow(AppointmentTable::takenByAStranger);
  }

  AppointmentRow move(long id, Desk.Place place, Instant start) {
    Terms terms = place.terms();
    TimeRange busy = terms.busy(start);
    try {
      return database
          .sql(
              """
              UPDATE appointments AS a SET barber_id = ?, starts_at = ?, ends_at = ?,
                busy_from = ?, busy_until = ?
              WHERE a.id = ? RETURNING
              """
                  + AppointmentRow.COLUMNS)
          .params(
              place.barberId(),
              utc(start),
              utc(terms.service(start).until()),
              utc(busy.from()),
              utc(busy.until()),
              id)
          .query(AppointmentRow::map)
          .single();
    } catch (DataIntegrityViolationException e) {
      throw "appointments_no_overlap".equals(constraint(e)) ? takenByAStranger() : e;
    }
  }

  /** Of a row that is locked. */
  AppointmentRow setStatus(long id, Status status, @Nullable Role by) {
    return database
        .sql(
            """
            UPDATE appointments AS a SET status = ?, cancelled_by = ?
            WHERE a.id = ? RETURNING
            """
                + AppointmentRow.COLUMNS)
        .param(status.text())
        .param(by == null ? null : by.text())
        .param(id)
        .query(AppointmentRow::map)
        .single();
  }

  /** A hold, which is locked, becomes an appointment. */
  AppointmentRow consume(long id, Status status, long customerId, @Nullable String note) {
    return database
        .sql(
            """
            UPDATE appointments AS a
            SET status = ?, customer_id = ?, note = ?
            WHERE a.id = ? RETURNING
            """
                + AppointmentRow.COLUMNS)
        .param(status.text())
        .param(customerId)
        .param(note)
        .param(id)
        .query(AppointmentRow::map)
        .single();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /**
   * Somebody wrote without locking the barber, after the schedule was read here. To be tried again:
   * then it shows in the schedule.
   */
  private static OptimisticLockingFailureException takenByAStranger() {
    return new OptimisticLockingFailureException(
        "the time was taken by a client that did not lock the barber");
  }

  private static @Nullable String constraint(DataIntegrityViolationException e) {
    if (e.getMostSpecificCause() instanceof PSQLException postgres) {
      ServerErrorMessage message = postgres.getServerErrorMessage();
      return message == null ? null : message.getConstraint();
    }
    return null;
  }
}
