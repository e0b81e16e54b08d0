package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.slot.Terms;
import dev.freshcut.bookingapi.slot.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The database's side of appointments. */
@Repository
class AppointmentTable {
  static final String NAME = "public.appointments";
  private static final JsonMapper JSON = JsonMapper.builder().build();

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
      @Nullable Occurrence occurrence) {
    New(
        long locationId,
        long serviceId,
        Desk.Place place,
        Instant startsAt,
        @Nullable Long customerId) {
      this(locationId, serviceId, place, startsAt, customerId, null);
    }

    private Map<String, @Nullable Object> columns() {
      TimeRange service = place.terms().service(startsAt);
      TimeRange busy = place.terms().busy(startsAt);
      Map<String, @Nullable Object> columns = new HashMap<>();
      columns.put("location_id", locationId);
      columns.put("barber_id", place.barberId());
      columns.put("service_id", serviceId);
      columns.put("customer_id", customerId);
      columns.put("starts_at", service.from().toString());
      columns.put("ends_at", service.until().toString());
      columns.put("busy_from", busy.from().toString());
      columns.put("busy_until", busy.until().toString());
      columns.put("status", place.status().text());
      columns.put("series_id", occurrence == null ? null : occurrence.seriesId());
      columns.put("series_date", occurrence == null ? null : occurrence.date().toString());
      return columns;
    }
  }

  /** An appointment, confirmed or pending as its place has it. */
  AppointmentRow insert(New row, @Nullable String note) {
    return noted(insert(List.of(row), null, null).getFirst(), note);
  }

  /**
   * The same of several with one note, in as many statements.
   *
   * @return the rows, in no order and without the note
   */
  List<AppointmentRow> insert(List<New> rows, @Nullable String note) {
    List<AppointmentRow> made = insert(rows, null, null);
    note(made, note);
    return made;
  }

  /** A hold, which is over after this time by the database's clock. */
  AppointmentRow hold(New row, Duration duration, @Nullable Long userId) {
    return insert(List.of(row), duration, userId).getFirst();
  }

  private List<AppointmentRow> insert(
      List<New> rows, @Nullable Duration hold, @Nullable Long heldBy) {
    List<AppointmentRow> made =
        database
            .sql(
                """
                INSERT INTO appointments AS a (location_id, barber_id, service_id, customer_id,
                  starts_at, ends_at, busy_from, busy_until, status, hold_expires_at, held_by,
                  held_as, series_id, series_date)
                SELECT location_id, barber_id, service_id, customer_id, starts_at, ends_at, busy_from,
                  busy_until, coalesce(:held::text, status),
                  clock_timestamp() + make_interval(secs => :hold::float8), :heldBy::bigint,
                  (SELECT role FROM users WHERE id = :heldBy::bigint), series_id, series_date
                FROM jsonb_to_recordset(:rows::jsonb) AS new (location_id bigint, barber_id bigint,
                  service_id bigint, customer_id bigint, starts_at timestamptz, ends_at timestamptz,
                  busy_from timestamptz, busy_until timestamptz, status text,
                  series_id bigint, series_date date)
                ON CONFLICT ON CONSTRAINT appointments_no_overlap DO NOTHING
                RETURNING
                """
                    + AppointmentRow.COLUMNS)
            .param("rows", JSON.writeValueAsString(rows.stream().map(New::columns).toList()))
            .param("held", hold == null ? null : Status.HELD.text())
            .param("hold", hold == null ? null : hold.toMillis() / 1000.0)
            .param("heldBy", heldBy)
            .query(AppointmentRow::map)
            .list();
    if (made.size() < rows.size()) {
      throw takenByAStranger();
    }
    return made;
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

  /**
   * Cancels appointments that are locked, in one statement.
   *
   * @return their new images by id
   */
  Map<Long, String> cancel(List<Long> ids, Role by) {
    Map<Long, String> images = new HashMap<>();
    if (!ids.isEmpty()) {
      database
          .sql(
              """
              UPDATE appointments AS a SET status = 'cancelled', cancelled_by = :by
              WHERE a.id IN (:ids) RETURNING a.id, to_jsonb(a)::text AS image
              """)
          .param("by", by.text())
          .param("ids", ids)
          .query(
              row -> {
                images.put(row.getLong("id"), row.getString("image"));
              });
    }
    return images;
  }

  /** A hold, which is locked, becomes an appointment. */
  AppointmentRow consume(long id, Status status, long customerId, @Nullable String note) {
    AppointmentRow made =
        database
            .sql(
                """
                UPDATE appointments AS a SET status = ?, customer_id = ?
                WHERE a.id = ? RETURNING
                """
                    + AppointmentRow.COLUMNS)
            .params(status.text(), customerId, id)
            .query(AppointmentRow::map)
            .single();
    return noted(made, note);
  }

  private AppointmentRow noted(AppointmentRow row, @Nullable String note) {
    note(List.of(row), note);
    return note == null ? row : find(row.id()).orElseThrow();
  }

  /** Of rows that this transaction has written, whose version is the same with the note. */
  private void note(List<AppointmentRow> rows, @Nullable String note) {
    if (note != null && !rows.isEmpty()) {
      database
          .sql(
              """
              INSERT INTO appointment_notes (location_id, appointment_id, note)
              SELECT location_id, id, :note FROM appointments WHERE id IN (:ids)
              """)
          .param("note", note)
          .param("ids", rows.stream().map(AppointmentRow::id).toList())
          .update();
    }
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
