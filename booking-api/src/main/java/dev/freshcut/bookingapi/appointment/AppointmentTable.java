package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.slot.Terms;
import dev.freshcut.bookingapi.slot.TimeRange;
import dev.freshcut.bookingapi.user.Contacts;
import dev.freshcut.bookingapi.web.Missing;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataIntegrityViolationException;
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

  /**
   * Makes writers of a barber's appointments wait for one another. Without it the exclusion
   * constraint would still keep them apart, but by deadlocks: two rows, each waiting for the other.
   *
   * @throws ProblemException if the location has no such active barber
   */
  void lockBarber(long locationId, long barberId) {
    Optional<Long> locked =
        database
            .sql(
                """
                SELECT id FROM barbers WHERE location_id = ? AND id = ? AND active
                FOR NO KEY UPDATE
                """)
            .params(locationId, barberId)
            .query(Long.class)
            .optional();
    if (locked.isEmpty()) {
      throw Missing.barber(locationId, barberId);
    }
  }

  Optional<AppointmentRow> find(long id) {
    return select(id, "");
  }

  /** Also locks the row, so that its image is the one that the next update of it replaces. */
  Optional<AppointmentRow> lock(long id) {
    return select(id, "FOR NO KEY UPDATE");
  }

  private Optional<AppointmentRow> select(long id, String lock) {
    return database
        .sql("SELECT " + AppointmentRow.COLUMNS + " FROM appointments a WHERE a.id = ? " + lock)
        .param(id)
        .query(AppointmentRow::map)
        .optional();
  }

  /**
   * The id of the user as a customer of the location; what is known of her is brought up to date.
   */
  long customer(long locationId, long userId, Contacts.Contact contact) {
    return database
        .sql(
            """
            INSERT INTO customers AS c (location_id, user_id, name, email, phone)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (user_id, location_id) WHERE user_id IS NOT NULL
            DO UPDATE SET name = excluded.name, email = excluded.email,
              phone = coalesce(excluded.phone, c.phone)
            RETURNING id
            """)
        .params(locationId, userId, contact.name(), contact.email())
        .param(contact.phone())
        .query(Long.class)
        .single();
  }

  /**
   * The id of the location's customer with this email, who is made if there is none. Users are
   * other customers: that somebody gives a user's email does not say that she is the user.
   */
  long customer(long locationId, NewAppointment.Customer customer) {
    Optional<Long> made =
        database
            .sql(
                """
                INSERT INTO customers (location_id, name, email, phone) VALUES (?, ?, ?, ?)
                ON CONFLICT (location_id, lower(email)) WHERE user_id IS NULL
                DO NOTHING RETURNING id
                """)
            .params(locationId, customer.name(), customer.email())
            .param(customer.phone())
            .query(Long.class)
            .optional();
    return made.orElseGet(
        () ->
            database
                .sql(
                    """
                    SELECT id FROM customers
                    WHERE location_id = ? AND lower(email) = lower(?) AND user_id IS NULL
                    """)
                .params(locationId, customer.email())
                .query(Long.class)
                .single());
  }

  /**
   * @throws ProblemException if the time is taken
   */
  AppointmentRow insert(
      long locationId,
      long barberId,
      long serviceId,
      long customerId,
      Instant start,
      Terms terms,
      @Nullable String note) {
    TimeRange busy = terms.busy(start);
    return unlessTaken(
        () ->
            database
                .sql(
                    """
                    INSERT INTO appointments AS a (location_id, barber_id, service_id, customer_id,
                      starts_at, ends_at, busy_from, busy_until, note)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING
                    """
                        + AppointmentRow.COLUMNS)
                .params(
                    locationId,
                    barberId,
                    serviceId,
                    customerId,
                    utc(start),
                    utc(terms.service(start).until()),
                    utc(busy.from()),
                    utc(busy.until()))
                .param(note)
                .query(AppointmentRow::map)
                .single());
  }

  /**
   * @throws ProblemException if the time is taken
   */
  AppointmentRow move(long id, long barberId, Instant start, Terms terms) {
    TimeRange busy = terms.busy(start);
    return unlessTaken(
        () ->
            database
                .sql(
                    """
                    UPDATE appointments AS a SET barber_id = ?, starts_at = ?, ends_at = ?,
                      busy_from = ?, busy_until = ?
                    WHERE a.id = ? RETURNING
                    """
                        + AppointmentRow.COLUMNS)
                .params(
                    barberId,
                    utc(start),
                    utc(terms.service(start).until()),
                    utc(busy.from()),
                    utc(busy.until()),
                    id)
                .query(AppointmentRow::map)
                .single());
  }

  AppointmentRow setStatus(long id, Status status) {
    return database
        .sql(
            "UPDATE appointments AS a SET status = ? WHERE a.id = ? RETURNING "
                + AppointmentRow.COLUMNS)
        .params(status.text(), id)
        .query(AppointmentRow::map)
        .single();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static AppointmentRow unlessTaken(Supplier<AppointmentRow> write) {
    try {
      return write.get();
    } catch (DataIntegrityViolationException e) {
      throw switch (constraint(e)) {
        case "appointments_no_overlap" ->
            new ProblemException(ProblemType.SLOT_TAKEN, "Choose another of the free slots.");
        case "appointments_one_day" ->
            new ProblemException(ProblemType.CROSSES_MIDNIGHT, "Choose another of the free slots.");
        default -> e;
      };
    }
  }

  private static String constraint(DataIntegrityViolationException e) {
    if (e.getMostSpecificCause() instanceof PSQLException postgres) {
      ServerErrorMessage message = postgres.getServerErrorMessage();
      return message == null || message.getConstraint() == null ? "" : message.getConstraint();
    }
    return "";
  }
}
