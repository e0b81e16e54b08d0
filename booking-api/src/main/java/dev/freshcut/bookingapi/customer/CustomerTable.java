package dev.freshcut.bookingapi.customer;

import dev.freshcut.bookingapi.customer.Customers.Contact;
import dev.freshcut.bookingapi.write.RowChanges;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of customers, who are not captured: nothing is cached from them. */
@Repository
class CustomerTable {
  private static final String COLUMNS =
      "c.id, c.location_id, c.user_id, c.name, c.email, c.phone, c.anonymised_at, c.created_at,"
          + " c.version";

  private static final String APPOINTMENTS = "public.appointments";

  private final JdbcClient database;

  CustomerTable(JdbcClient database) {
    this.database = database;
  }

  /**
   * The id of the user as a customer of the location; what is known of her is brought up to date.
   * One statement, so that neither another first booking of hers nor the end of her account comes
   * between.
   *
   * @return empty if there is no such user
   */
  Optional<Long> ofUser(long locationId, long userId) {
    return database
        .sql(
            """
            INSERT INTO customers AS c (location_id, user_id, name, email, phone)
            SELECT ?, u.id, i.name, i.email, i.phone
            FROM users u JOIN user_identities i ON i.user_id = u.id
            WHERE u.id = ? FOR KEY SHARE OF u
            ON CONFLICT (user_id, location_id) WHERE user_id IS NOT NULL
            DO UPDATE SET name = excluded.name, email = excluded.email,
              phone = coalesce(excluded.phone, c.phone)
            RETURNING id
            """)
        .params(locationId, userId)
        .query(Long.class)
        .optional();
  }

  /**
   * The id of the location's customer with this email, who is made if there is none. Users are
   * other customers: that somebody gives a user's email does not say that she is the user. One who
   * is known stays as she is, and is locked, so that she is not anonymised meanwhile.
   */
  long ofContact(long locationId, Contact contact) {
    return database
        .sql(
            """
            INSERT INTO customers AS c (location_id, name, email, phone) VALUES (?, ?, ?, ?)
            ON CONFLICT (location_id, lower(email)) WHERE user_id IS NULL AND anonymised_at IS NULL
            DO UPDATE SET email = c.email
            RETURNING id
            """)
        .params(locationId, contact.name(), contact.email())
        .param(contact.phone())
        .query(Long.class)
        .single();
  }

  boolean locationExists(long id) {
    return database
        .sql("SELECT EXISTS (SELECT FROM locations WHERE id = ?)")
        .param(id)
        .query(Boolean.class)
        .single();
  }

  Optional<CustomerRow> find(long id) {
    return select(id, "");
  }

  /** Keeps others from changing the customer, and from booking for her, until the end. */
  Optional<CustomerRow> lock(long id) {
    return select(id, "FOR UPDATE");
  }

  private Optional<CustomerRow> select(long id, String lock) {
    return database
        .sql("SELECT " + COLUMNS + " FROM customers c WHERE c.id = ? " + lock)
        .param(id)
        .query(CustomerRow::map)
        .optional();
  }

  /** Customers by id. */
  List<CustomerRow> after(CustomerFilter filter, @Nullable List<Long> last, int count) {
    StringBuilder sql =
        new StringBuilder("SELECT " + COLUMNS + " FROM customers c WHERE c.id > :last")
            .append(" AND (c.anonymised_at IS NOT NULL) = :anonymised");
    if (filter.scope().locationId() != null) {
      sql.append(" AND c.location_id = :location");
    }
    if (filter.scope().ownerId() != null) {
      sql.append(" AND c.user_id = :owner");
    }
    if (filter.registered() != null) {
      sql.append(" AND (c.user_id IS NOT NULL) = :registered");
    }
    if (filter.search() != null) {
      sql.append(" AND (lower(c.name) LIKE lower(:text) OR lower(c.email) LIKE lower(:text)")
          .append(filter.phonePattern() == null ? ")" : " OR phone_digits(c.phone) LIKE :phone)");
    }
    sql.append(" ORDER BY c.id LIMIT :count");
    return database
        .sql(sql.toString())
        .param("last", last == null ? 0 : last.getFirst())
        .param("anonymised", filter.anonymised())
        .param("location", filter.scope().locationId())
        .param("owner", filter.scope().ownerId())
        .param("registered", filter.registered())
        .param("text", filter.textPattern())
        .param("phone", filter.phonePattern())
        .param("count", count)
        .query(CustomerRow::map)
        .list();
  }

  /** The new customer; empty if there is one with this email. */
  Optional<CustomerRow> insert(long locationId, Contact contact) {
    return database
        .sql(
            """
            INSERT INTO customers AS c (location_id, name, email, phone) VALUES (?, ?, ?, ?)
            ON CONFLICT (location_id, lower(email)) WHERE user_id IS NULL AND anonymised_at IS NULL
            DO NOTHING
            RETURNING
            """
                + COLUMNS)
        .params(locationId, contact.name(), contact.email())
        .param(contact.phone())
        .query(CustomerRow::map)
        .optional();
  }

  /**
   * Writes a customer who is {@linkplain #lock locked}.
   *
   * @throws org.springframework.dao.DuplicateKeyException if another has this email
   */
  CustomerRow update(long id, Contact contact) {
    return database
        .sql(
            "UPDATE customers c SET name = ?, email = ?, phone = ? WHERE c.id = ? RETURNING "
                + COLUMNS)
        .params(contact.name(), contact.email())
        .param(contact.phone())
        .param(id)
        .query(CustomerRow::map)
        .single();
  }

  /** Whether a customer who is {@linkplain #lock locked} is expected. */
  boolean isExpected(CustomerRow customer) {
    return database
        .sql(
            """
            SELECT EXISTS (SELECT FROM appointments
              WHERE customer_id = ? AND status IN ('pending', 'confirmed') AND ends_at > now())
            """)
        .param(customer.id())
        .query(Boolean.class)
        .single();
  }

  /**
   * Replaces who a locked customer is, and removes the notes of her appointments, which may say it.
   * The database gives back what she is offered, and that is noted: others may book the time.
   */
  CustomerRow anonymise(CustomerRow customer, RowChanges changes) {
    Map<Long, String> offered = lockOffers(customer);
    CustomerRow after = anonymise(customer);
    offered.forEach((id, before) -> changes.updated(APPOINTMENTS, before, image(id)));
    return after;
  }

  /**
   * The holds that are offered to her, as they are, by id; their location is locked before them.
   */
  private Map<Long, String> lockOffers(CustomerRow customer) {
    database
        .sql("SELECT id FROM locations WHERE id = ? FOR SHARE")
        .param(customer.locationId())
        .query(Long.class)
        .single();
    Map<Long, String> images = new LinkedHashMap<>();
    database
        .sql(
            """
            SELECT a.id, to_jsonb(a)::text AS image FROM appointments a
            WHERE a.status = 'held' AND a.id IN (SELECT appointment_id FROM waiting_list
              WHERE customer_id = ? AND state = 'offered')
            ORDER BY a.id FOR NO KEY UPDATE
            """)
        .param(customer.id())
        .query(
            row -> {
              images.put(row.getLong("id"), row.getString("image"));
            });
    return images;
  }

  private String image(long appointmentId) {
    return database
        .sql("SELECT to_jsonb(a)::text FROM appointments a WHERE id = ?")
        .param(appointmentId)
        .query(String.class)
        .single();
  }

  private CustomerRow anonymise(CustomerRow customer) {
    database
        .sql(
            """
            DELETE FROM appointment_notes
            WHERE appointment_id IN (SELECT id FROM appointments WHERE customer_id = ?)
            """)
        .param(customer.id())
        .update();
    return database
        .sql(
            """
            UPDATE customers c SET user_id = NULL, name = 'Anonymised', phone = NULL,
              email = 'customer-' || c.id || '@anonymised.invalid', anonymised_at = now()
            WHERE c.id = ? RETURNING
            """
                + COLUMNS)
        .param(customer.id())
        .query(CustomerRow::map)
        .single();
  }
}
