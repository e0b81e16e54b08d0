package dev.freshcut.bookingapi.analytics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A location's rows as they are, without any arithmetic in SQL. */
record ShopRows(
    long id,
    ZoneId zone,
    Map<Long, String> services,
    Map<Long, String> barbers,
    List<Long> activeBarbers,
    List<Hours> hours,
    Map<LocalDate, Special> special,
    List<Absence> absences,
    List<Appointment> appointments,
    List<Payment> payments) {

  record Hours(long barber, int weekday, LocalTime opens, int closesMinute) {}

  /** Null times: closed. */
  record Special(@Nullable LocalTime opens, int closesMinute) {}

  /** Of one barber, or of all of them. */
  record Absence(@Nullable Long barber, Instant from, Instant until) {}

  record Appointment(
      long id,
      long barber,
      long service,
      @Nullable Long customer,
      Instant starts,
      Instant ends,
      String status) {}

  record Payment(
      long appointment,
      boolean refund,
      String status,
      long amount,
      long tip,
      String currency,
      @Nullable Instant paidAt) {
    long net() {
      return refund ? tip - amount : amount - tip;
    }
  }

  static ShopRows read(JdbcClient sql, long id) {
    Map<Long, String> services = names(sql, "services", id);
    Map<Long, String> barbers = names(sql, "barbers", id);
    Map<LocalDate, Special> special = new TreeMap<>();
    sql.sql(of("local_date, opens_at, closes_at", "special_days"))
        .param(id)
        .query(
            row -> {
              special.put(
                  row.getObject("local_date", LocalDate.class),
                  new Special(row.getObject("opens_at", LocalTime.class), minute(row)));
            });
    return new ShopRows(
        id,
        ZoneId.of(
            sql.sql("SELECT time_zone FROM locations WHERE id = ?")
                .param(id)
                .query(String.class)
                .single()),
        services,
        barbers,
        sql.sql(of("id", "barbers") + " AND active ORDER BY id").param(id).query(Long.class).list(),
        sql.sql(of("barber_id, weekday, opens_at, closes_at", "working_hours"))
            .param(id)
            .query(
                (row, n) ->
                    new Hours(
                        row.getLong("barber_id"),
                        row.getInt("weekday"),
                        row.getObject("opens_at", LocalTime.class),
                        minute(row)))
            .list(),
        special,
        sql.sql(
                """
                SELECT barber_id, starts_at, ends_at FROM time_off WHERE location_id = ?
                UNION ALL SELECT NULL, starts_at, ends_at FROM blackouts WHERE location_id = ?
                """)
            .params(id, id)
            .query(
                (row, n) ->
                    new Absence(
                        row.getObject("barber_id", Long.class),
                        instant(row, "starts_at"),
                        instant(row, "ends_at")))
            .list(),
        sql.sql(
                of(
                    "id, barber_id, service_id, customer_id, starts_at, ends_at, status",
                    "appointments"))
            .param(id)
            .query(
                (row, n) ->
                    new Appointment(
                        row.getLong("id"),
                        row.getLong("barber_id"),
                        row.getLong("service_id"),
                        row.getObject("customer_id", Long.class),
                        instant(row, "starts_at"),
                        instant(row, "ends_at"),
                        row.getString("status")))
            .list(),
        sql.sql(
                of(
                    "appointment_id, kind, status, amount_minor, tip_minor, currency, paid_at",
                    "payments"))
            .param(id)
            .query(
                (row, n) -> {
                  OffsetDateTime paidAt = row.getObject("paid_at", OffsetDateTime.class);
                  return new Payment(
                      row.getLong("appointment_id"),
                      row.getString("kind").equals("refund"),
                      row.getString("status"),
                      row.getLong("amount_minor"),
                      row.getLong("tip_minor"),
                      row.getString("currency"),
                      paidAt == null ? null : paidAt.toInstant());
                })
            .list());
  }

  private static String of(String columns, String table) {
    return "SELECT " + columns + " FROM " + table + " WHERE location_id = ?";
  }

  private static Map<Long, String> names(JdbcClient sql, String table, long id) {
    Map<Long, String> names = new TreeMap<>();
    sql.sql(of("id, name", table))
        .param(id)
        .query(
            row -> {
              names.put(row.getLong("id"), row.getString("name"));
            });
    return names;
  }

  /** After 00:00, up to 1440; Java's local times do not have 24:00. */
  private static int minute(ResultSet row) throws SQLException {
    String closes = row.getString("closes_at");
    return closes == null
        ? 0
        : Integer.parseInt(closes.substring(0, 2)) * 60 + Integer.parseInt(closes.substring(3, 5));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
