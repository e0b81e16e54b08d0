package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What PostgreSQL does for each list, view, write and sweeper over tables with many rows: it goes
 * through none of them from end to end, and uses the indexes that were made for the question.
 * Explained are the statements as the service sends them, with their parameters.
 */
class ExplainIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Tables with as many rows are not to be read as a whole. */
  private static final int MANY = 1_000;

  private static ApiFixture api;
  private static Statements statements;
  private static Shop shop;
  private static LocalDate day;
  private static TestUser client;
  private static TestUser barber;
  private static Map<String, Object> values;

  private static final List<Row> ROWS =
      List.of(
          get("/appointments?location={location}&limit=100", "appointments_by_start"),
          get("/appointments?location={location}&from={day}&to={day}", "appointments_by_day"),
          get("/appointments/{id}", "appointments_pkey", "customers_pkey"),
          get("/audit?limit=100", "audit_log_pkey"),
          get("/locations?limit=100", "locations_pkey"),
          get("/locations/{location}/barbers", "barbers_location_id_id_key"),
          get("/locations/{location}/barbers/{barber}/availability", "working_hours_by_location"),
          get(
              "/locations/{location}/barbers/{barber}/conflicts?date={day}",
              "appointments_by_day",
              "time_off_by_time",
              "blackouts_by_time"),
          get(
              "/locations/{location}/barbers/{barber}/schedule?from={day}&to={month}",
              "appointments_by_day",
              "time_off_by_time"),
          get("/locations/{location}/booking-settings", "booking_settings_pkey"),
          get("/locations/{location}/business-hours", "special_days_once"),
          get("/locations/{location}/services", "services_location_id_id_key"),
          get(
              "/locations/{location}/slots?service={service}&date={day}",
              "appointments_by_day",
              "time_off_by_time",
              "blackouts_by_time",
              "working_hours_by_location",
              "special_days_once"),
          get(
              "/locations/{location}/slots?service={service}&from={day}&to={month}&ignore={id}",
              "appointments_by_day"),
          get("/locations/{location}/next-slot?service={service}", "appointments_by_day"),
          get("/series?location={location}&limit=100", "series_location_id_id_key"),
          get("/waiting-list?location={location}&limit=100", "waiting_list_by_location"),
          get("/webhooks?location={location}&limit=100", "webhooks_by_location"),
          get("/webhooks/{webhook}/deliveries?limit=100", "webhook_deliveries_by_webhook"),
          get("/locations/{location}/notification-settings", "notification_settings_pkey"),
          get("/customers/{customer}/notification-preferences", "notification_preferences_pkey"),
          get("/customers/{customer}/notifications?limit=100", "notifications_by_customer"),
          get("/appointments/{id}/notifications?limit=100", "notifications_by_appointment"),
          new Row("a client's series", () -> client.get("/api/v1/series"), "customers_by_user"),
          get("/me", "users_pkey"),
          get("/users?limit=100", "users_pkey"),
          get("/customers?location={location}&limit=100"),
          get("/customers?location={location}&search=example"),
          get("/customers?location={location}&search=zo"),
          get("/locations/{location}/analytics/dashboard"),
          get("/locations/{location}/analytics/revenue?from={past}&to={day}"),
          get("/locations/{location}/analytics/clients?from={past}&to={day}"),
          get("/locations/{location}/analytics/services?from={past}&to={day}"),
          get("/locations/{location}/analytics/business?from={past}&to={day}"),
          get("/users/{user}", "users_pkey"),
          new Row(
              "a client's appointments",
              () -> client.get("/api/v1/appointments?limit=100"),
              "appointments_by_customer",
              "customers_by_user"),
          new Row(
              "appointments of a status",
              () -> barber.get("/api/v1/appointments?status=confirmed"),
              "appointments_by_start"),
          new Row(
              "booking any barber",
              () ->
                  api.post(
                      "/api/v1/appointments",
                      shop.booking(shop.anna(), day, "16:00")
                          .replace("\"barberId\": " + shop.anna() + ",", "")),
              "appointments_by_day",
              "appointments_no_overlap"),
          new Row(
              "a hold",
              () ->
                  client.post(
                      "/api/v1/holds",
                      "{\"locationId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
                          .formatted(shop.id(), shop.cut(), shop.at(day, "15:00"))),
              "appointments_holds_by_user"));

  /** A request, and indexes that are used for it. */
  record Row(String name, Supplier<Reply> request, List<String> indexes) {
    Row(String name, Supplier<Reply> request, String... indexes) {
      this(name, request, List.of(indexes));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** The operator reads, past the cache; what is in braces is filled in. */
  private static Row get(String path, String... indexes) {
    return new Row(
        path, () -> api.get("/api/v1" + filled(path), "Cache-Control", "no-cache"), indexes);
  }

  private static String filled(String path) {
    String filled = path;
    for (Map.Entry<String, Object> value : values.entrySet()) {
      filled = filled.replace("{" + value.getKey() + "}", String.valueOf(value.getValue()));
    }
    return filled;
  }

  @BeforeAll
  static void start() {
    api =
        new ApiFixture(
            Map.of(Statements.SETTING, true, "freshcut.idempotency.sweep-interval", "1s"));
    statements = api.bean(Statements.class);
    shop = Shop.open(api.sql(), "Europe/Paris");
    day = shop.day(3);
    client = TestUser.client(api);
    barber = TestUser.barber(api, shop);
    Reply made =
        client.post(
            "/api/v1/appointments",
            "{\"locationId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
                .formatted(shop.id(), shop.cut(), shop.at(day, "10:00")));
    long webhook =
        Shop.id(
            api.sql(),
            """
            INSERT INTO webhooks (location_id, url, events, secret)
            VALUES (?, 'https://example.org', ARRAY['appointment.created'], '') RETURNING id
            """,
            shop.id());
    values =
        Map.of(
            "location", shop.id(),
            "barber", shop.anna(),
            "service", shop.cut(),
            "day", day,
            "month", day.plusDays(30),
            "past", day.minusDays(30),
            "id", made.json().path("id").asLong(),
            "customer", made.json().path("customerId").asLong(),
            "webhook", webhook,
            "user", client.id());
    fill();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  static List<Row> rows() {
    return ROWS;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void requestUsesItsIndexes(Row row) throws Exception {
    Statements.Noted noted = statements.during(row.request());

    assertThat(noted.reply().status()).as(noted.reply().toString()).isBetween(200, 299);
    assertUsed(noted.statements(), row.indexes());
  }

  /** Two barbers have had a visit on each of 200 days: the dashboard is of the last of them. */
  @Test
  void dashboardReadsNoMoreOfAnOlderShop() throws Exception {
    List<Statements.Sent> sent =
        statements.during(get("/locations/{location}/analytics/dashboard").request()).statements();

    assertThat(appointmentsRead(sent)).as("appointments read by %s", sent).isBetween(1.0, 300.0);
  }

  private static double appointmentsRead(List<Statements.Sent> sent) throws Exception {
    double read = 0;
    try (Connection connection = api.connection()) {
      for (Statements.Sent each : sent) {
        for (JsonNode node :
            JSON.readTree(each.analyzed(connection)).findParents("Relation Name")) {
          if (node.path("Relation Name").asString().equals("appointments")) {
            read += node.path("Actual Rows").asDouble() * node.path("Actual Loops").asDouble();
          }
        }
      }
    }
    return read;
  }

  /** Two barbers have an appointment on each of the 84 days between the two dates of the series. */
  @Test
  void nothingIsReadOfWhatLiesBetweenDatesFarApart() throws Exception {
    Statements.Noted noted =
        statements.during(
            () ->
                api.post(
                    "/api/v1/series",
                    """
                    {"locationId": %d, "serviceId": %d, "firstDate": "%s", "time": "20:00",
                     "everyWeeks": 12, "count": 2,
                     "customer": {"name": "Zoë", "email": "zoe@example.org"}}
                    """
                        .formatted(shop.id(), shop.cut(), day)));

    AppointmentsIT.assertProblem(noted.reply(), 409, "series-conflict");
    assertThat(noted.reply().json().path("conflicts").valueStream())
        .hasSize(2)
        .allMatch(each -> each.path("alternatives").size() == 5);
    List<Statements.Sent> plans =
        noted.statements().stream()
            .filter(each -> each.sql().contains("'appointment' AS kind"))
            .toList();
    assertThat(plans).as("of the places, and of the alternatives").hasSize(2);
    assertThat(appointmentsRead(plans)).isBetween(4.0, 40.0);
  }

  /** What each sweeper's statements have in them, and the index. */
  @ParameterizedTest
  @MethodSource("sweepers")
  void sweeperUsesItsIndexes(String part, String index) throws Exception {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> statements.ofSchedules().stream().anyMatch(sent -> sent.sql().contains(part)));
    assertUsed(
        statements.ofSchedules().stream()
            .filter(sent -> sent.sql().contains(part))
            .limit(1)
            .toList(),
        List.of(index));
  }

  static List<Arguments> sweepers() {
    return List.of(
        arguments("SELECT DISTINCT location_id FROM appointments", "appointments_holds"),
        arguments("SELECT id FROM locations WHERE id IN", "locations_pkey"),
        arguments("UPDATE appointments a SET status = 'expired'", "appointments_holds"),
        arguments("WHERE status = 'expired'", "appointments_expired_holds"),
        arguments("DELETE FROM appointments", "appointments_expired_holds"),
        arguments("DELETE FROM idempotency_keys", "idempotency_keys_by_age"));
  }

  private static void assertUsed(List<Statements.Sent> sent, List<String> indexes)
      throws Exception {
    Set<String> used = new TreeSet<>();
    Set<String> big = bigTables();
    try (Connection connection = api.connection()) {
      for (Statements.Sent each : sent) {
        String plan = each.plan(connection);
        for (JsonNode node : JSON.readTree(plan).findParents("Node Type")) {
          String table = node.path("Relation Name").asString("");
          assertThat(node.path("Node Type").asString().equals("Seq Scan") && big.contains(table))
              .as("a scan of all of %s for\n%s\n%s", table, each, plan)
              .isFalse();
          if (node.has("Index Name")) {
            used.add(node.path("Index Name").asString());
          }
          node.path("Conflict Arbiter Indexes").forEach(name -> used.add(name.asString()));
        }
      }
    }
    assertThat(used).as("indexes used by %s", sent).containsAll(indexes);
  }

  private static Set<String> bigTables() {
    return new TreeSet<>(
        api.sql()
            .sql(
                """
                SELECT relname FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= ?
                """)
            .param(MANY)
            .query(String.class)
            .list());
  }

  /** Many rows of everything, without the triggers, which would take their time. */
  private static void fill() {
    for (String statement :
        List.of(
            "ALTER TABLE locations DISABLE TRIGGER USER",
            "INSERT INTO locations (name, time_zone) SELECT 'Shop ' || n, 'Europe/Paris' FROM generate_series(1, 1500) AS n",
            "ALTER TABLE locations ENABLE TRIGGER USER",
            "INSERT INTO booking_settings SELECT id, 15, 60, 90 FROM locations WHERE name LIKE 'Shop %'",
            "INSERT INTO barbers (location_id, name) SELECT l.id, 'B' || n FROM locations l, generate_series(1, 4) AS n WHERE l.name LIKE 'Shop %'",
            """
            INSERT INTO services (location_id, name, duration_minutes, price_minor, currency)
            SELECT l.id, 'S' || n, 30, 1000, 'EUR' FROM locations l, generate_series(1, 5) AS n
            WHERE l.name LIKE 'Shop %'
            """,
            """
            INSERT INTO working_hours (location_id, barber_id, weekday, opens_at, closes_at)
            SELECT location_id, id, d, '09:00', '17:00' FROM barbers, generate_series(1, 7) AS d
            WHERE name LIKE 'B_' AND location_id % 10 = 0
            """,
            """
            INSERT INTO business_hours (location_id, weekday, opens_at, closes_at)
            SELECT id, d, '09:00', '17:00' FROM locations, generate_series(1, 7) AS d
            WHERE name LIKE 'Shop %' AND id % 5 = 0
            """,
            """
            INSERT INTO barber_services (location_id, barber_id, service_id, price_minor)
            SELECT b.location_id, b.id, min(s.id), 900 FROM barbers b JOIN services s USING (location_id)
            WHERE b.name LIKE 'B_' GROUP BY b.location_id, b.id
            """,
            "INSERT INTO special_days (location_id, local_date) SELECT id, :day::date + n FROM locations, generate_series(40, 60, 5) AS n",
            """
            INSERT INTO time_off (location_id, barber_id, starts_at, ends_at)
            SELECT location_id, id, t, t + interval '1 hour'
            FROM barbers, generate_series(:day::timestamptz, :day::date + interval '60 days', interval '15 days') AS t
            WHERE location_id % 5 = 0
            """,
            """
            INSERT INTO blackouts (location_id, starts_at, ends_at)
            SELECT id, t, t + interval '1 hour'
            FROM locations, generate_series(:day::timestamptz, :day::date + interval '60 days', interval '15 days') AS t
            """,
            "INSERT INTO customers (location_id, name, email) SELECT l.id, 'C', n || '@example.org' FROM locations l, generate_series(1, 3) AS n",
            "INSERT INTO users (role) SELECT 'client' FROM generate_series(1, 3000)",
            """
            INSERT INTO user_identities (user_id, name, email)
            SELECT id, 'U', 'many' || id || '@example.org' FROM users u
            WHERE NOT EXISTS (SELECT FROM user_identities WHERE user_id = u.id)
            """,
            "ALTER TABLE appointments DISABLE TRIGGER USER",
            """
            INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at, ends_at,
              busy_from, busy_until, local_date, price_minor, currency, status)
            SELECT b.location_id, b.id, s.id, c.id, t, t + interval '30 minutes', t,
              t + interval '30 minutes', t::date, 1000, 'EUR',
              CASE WHEN t < :day::date - 3 THEN 'completed' ELSE 'confirmed' END
            FROM barbers b
              JOIN (SELECT location_id, min(id) AS id FROM services GROUP BY location_id) s USING (location_id)
              JOIN (SELECT location_id, min(id) AS id FROM customers WHERE user_id IS NULL GROUP BY location_id) c
                USING (location_id),
              generate_series(:day::date - interval '200 days', :day::date + interval '100 days',
                interval '1 day') AS t
            WHERE b.name IN ('Anna', 'Ben') OR b.location_id % 50 = 0
            """,
            """
            INSERT INTO appointments (location_id, barber_id, service_id, starts_at, ends_at,
              busy_from, busy_until, local_date, price_minor, currency, status, hold_expires_at, held_by)
            SELECT location_id, barber_id, service_id, starts_at, ends_at, busy_from, busy_until,
              local_date, 1000, 'EUR', 'expired', now() - CASE WHEN id % 100 = 0 THEN interval '2 days'
                ELSE interval '1 hour' END, 1
            FROM appointments LIMIT 5000
            """,
            """
            INSERT INTO appointments (location_id, barber_id, service_id, starts_at, ends_at,
              busy_from, busy_until, local_date, price_minor, currency, status, hold_expires_at)
            SELECT location_id, barber_id, service_id, starts_at + interval '2 hours',
              ends_at + interval '2 hours', busy_from + interval '2 hours',
              busy_until + interval '2 hours', local_date, 1000, 'EUR', 'held',
              now() + CASE WHEN id % 100 = 0 THEN interval '-1 hour' ELSE interval '1 hour' END
            FROM appointments WHERE status = 'confirmed' LIMIT 2000
            """,
            "ALTER TABLE appointments ENABLE TRIGGER USER",
            """
            INSERT INTO series (location_id, service_id, customer_id, every_weeks, local_time,
              first_date, last_date)
            SELECT location_id, s.id, c.id, 1, '10:00', '2026-01-01', '2026-01-08'
            FROM (SELECT location_id, min(id) AS id FROM services GROUP BY location_id) s
              JOIN (SELECT location_id, min(id) AS id FROM customers GROUP BY location_id) c
                USING (location_id),
              generate_series(1, 3)
            """,
            """
            INSERT INTO waiting_list (location_id, service_id, customer_id, first_date, last_date,
              state)
            SELECT location_id, service_id, customer_id, first_date, last_date, 'declined'
            FROM series
            """,
            """
            INSERT INTO webhooks (location_id, url, events, secret)
            SELECT id, 'https://example.org', ARRAY['appointment.created'], ''
            FROM locations, generate_series(1, 3)
            """,
            "INSERT INTO notification_settings (location_id) SELECT id FROM locations",
            "INSERT INTO notification_reply_addresses SELECT id, 'x@example.org' FROM locations",
            """
            INSERT INTO notification_preferences (customer_id, location_id)
            SELECT id, location_id FROM customers
            """,
            """
            INSERT INTO notifications (id, location_id, customer_id, appointment_id, kind, channel,
              state)
            SELECT 'n' || id, location_id, customer_id, id, 'moved', 'email', 'sending'
            FROM appointments WHERE customer_id IS NOT NULL
            """,
            """
            INSERT INTO webhook_deliveries (id, webhook_id, location_id, event, state)
            SELECT w.id || '-' || n, w.id, w.location_id, 'appointment.created', 'sending'
            FROM webhooks w, generate_series(1, 5) AS n
            """,
            "INSERT INTO audit_log (action, target) SELECT 'x', 'y' FROM generate_series(1, 5000)",
            """
            INSERT INTO idempotency_keys (caller, key, fingerprint, status, headers, body, created_at)
            SELECT 'user:1', n::text, repeat('a', 64), 200, '{}', '', now() FROM generate_series(1, 5000) AS n
            """,
            "ANALYZE")) {
      var sql = api.sql().sql(statement);
      (statement.contains(":day") ? sql.param("day", day.toString()) : sql).update();
    }
  }
}
