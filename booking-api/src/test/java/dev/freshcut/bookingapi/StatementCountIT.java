package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * How many statements each list and each view takes when all of it comes from the database: as many
 * for much as for little.
 */
class StatementCountIT {
  private static final String LOCATION = "/api/v1/locations/{locationId}";
  private static final String BARBER = LOCATION + "/barbers/{barberId}";

  /**
   * Every handler of a GET has a row, some several: its path as mapped, a query, and the number of
   * statements. Cached views that are loaded by themselves take one more: the snapshot's.
   */
  private static final List<Row> ROWS =
      List.of(
          new Row("/api/v1/appointments", "?location={locationId}&limit=100", 1),
          new Row("/api/v1/appointments/{id}", "", 1),
          new Row("/api/v1/appointments/{id}/notifications", "?limit=100", 2),
          new Row("/api/v1/audit", "?limit=100", 1),
          new Row("/api/v1/customers", "?location={locationId}&limit=100", 1),
          new Row("/api/v1/customers", "?location={locationId}&search=z", 1),
          new Row("/api/v1/customers/{id}", "", 1),
          new Row("/api/v1/customers/{id}/notification-preferences", "", 1),
          new Row("/api/v1/customers/{id}/notifications", "?limit=100", 2),
          new Row("/api/v1/payments", "?location={locationId}&limit=100", 1),
          new Row("/api/v1/payments/{id}", "", 1),
          new Row("/api/v1/locations", "?limit=100", 1),
          new Row(LOCATION, "", 1),
          new Row(LOCATION + "/catalog", "", 3),
          new Row(LOCATION + "/services/{serviceId}", "", 1),
          new Row(BARBER, "", 1),
          new Row(BARBER + "/services/{serviceId}", "", 1),
          new Row(BARBER + "/time-off", "?limit=100", 3),
          new Row(LOCATION + "/blackouts", "?limit=100", 2),
          new Row(LOCATION + "/special-days", "?limit=100", 2),
          new Row(LOCATION + "/analytics/dashboard", "", 6),
          new Row(LOCATION + "/analytics/revenue", "?from={past}&to={month}", 6),
          new Row(LOCATION + "/analytics/clients", "?from={past}&to={month}", 6),
          new Row(LOCATION + "/analytics/services", "?from={past}&to={month}", 4),
          new Row(LOCATION + "/analytics/business", "?from={past}&to={month}", 5),
          new Row(LOCATION + "/barbers", "", 3),
          new Row(BARBER + "/availability", "", 4),
          new Row(BARBER + "/conflicts", "?date={date}", 5),
          new Row(BARBER + "/schedule", "?from={date}&to={date}", 5),
          new Row(BARBER + "/schedule", "?from={date}&to={month}", 5),
          new Row(LOCATION + "/booking-settings", "", 2),
          new Row(LOCATION + "/notification-settings", "", 1),
          new Row(LOCATION + "/business-hours", "", 4),
          new Row(LOCATION + "/next-slot", "?service={service}&date={date}", 7),
          new Row(LOCATION + "/services", "", 4),
          new Row(LOCATION + "/slots", "?service={service}&date={date}", 5),
          new Row(LOCATION + "/slots", "?service={service}&from={date}&to={month}", 5),
          new Row(LOCATION + "/slots", "?service={service}&date={date}&barber={barberId}", 5),
          new Row(LOCATION + "/slots", "?service={service}&from={date}&to={month}&ignore={id}", 6),
          new Row("/api/v1/me", "", 2),
          new Row("/api/v1/series", "?location={locationId}&limit=100", 1),
          new Row("/api/v1/series/{id}", "", 3),
          new Row("/api/v1/waiting-list", "?location={locationId}&limit=100", 1),
          new Row("/api/v1/waiting-list/{id}", "", 1),
          new Row("/api/v1/webhooks", "?location={locationId}&limit=100", 1),
          new Row("/api/v1/webhooks/{id}", "", 1),
          new Row("/api/v1/webhooks/{id}/deliveries", "?limit=100", 2),
          new Row("/api/v1/users", "?limit=100", 1),
          new Row("/api/v1/users/{id}", "", 1));

  private static ApiFixture api;
  private static Statements statements;
  private static Shop shop;
  private static Map<String, Object> values;

  /** A request of the operator's; what is in braces is filled in. */
  private record Row(String path, String query, int statements) {
    String filled() {
      String filled = path + query;
      if (path.contains("/users/{id}")) {
        filled = filled.replace("{id}", "{userId}");
      } else if (path.contains("/customers/{id}")) {
        filled = filled.replace("{id}", "{customerId}");
      } else if (path.contains("/payments/{id}")) {
        filled = filled.replace("{id}", "{paymentId}");
      } else if (path.contains("/series/{id}")) {
        filled = filled.replace("{id}", "{seriesId}");
      } else if (path.contains("/waiting-list/{id}")) {
        filled = filled.replace("{id}", "{entryId}");
      } else if (path.contains("/webhooks/{id}")) {
        filled = filled.replace("{id}", "{webhookId}");
      }
      for (Map.Entry<String, Object> value : values.entrySet()) {
        filled = filled.replace("{" + value.getKey() + "}", String.valueOf(value.getValue()));
      }
      return filled;
    }
  }

  @BeforeAll
  static void start() {
    api = new ApiFixture(Map.of(Statements.SETTING, true));
    statements = api.bean(Statements.class);
    shop = Shop.open(api.sql(), "Europe/Paris");
    api.sql()
        .sql("INSERT INTO barber_services (location_id, barber_id, service_id) VALUES (?, ?, ?)")
        .params(shop.id(), shop.anna(), shop.cut())
        .update();
    LocalDate date = shop.day(3);
    Reply booked = api.post("/api/v1/appointments", shop.booking(shop.anna(), date, "10:00"));
    long id = booked.json().path("id").asLong();
    Reply paid =
        api.post(
            "/api/v1/payments",
            "{\"appointmentId\": %d, \"method\": \"card\", \"amountMinor\": 100}".formatted(id));
    long series =
        Shop.id(
            api.sql(),
            """
            INSERT INTO series (location_id, barber_id, service_id, customer_id, every_weeks,
              local_time, first_date, last_date)
            SELECT location_id, barber_id, service_id, customer_id, 1, '10:00', local_date, local_date
            FROM appointments WHERE id = ? RETURNING id
            """,
            id);
    long entry =
        Shop.id(
            api.sql(),
            """
            INSERT INTO waiting_list (location_id, service_id, customer_id, first_date, last_date)
            SELECT location_id, service_id, customer_id, '2001-01-01', '2001-01-02'
            FROM appointments WHERE id = ? RETURNING id
            """,
            id);
    long webhook =
        Shop.id(
            api.sql(),
            """
            INSERT INTO webhooks (location_id, url, events, secret)
            VALUES (?, 'https://example.org', ARRAY['appointment.created'], '') RETURNING id
            """,
            shop.id());
    values =
        Map.ofEntries(
            Map.entry("locationId", shop.id()),
            Map.entry("barberId", shop.anna()),
            Map.entry("service", shop.cut()),
            Map.entry("serviceId", shop.cut()),
            Map.entry("date", date),
            Map.entry("month", date.plusDays(30)),
            Map.entry("past", date.minusDays(300)),
            Map.entry("id", id),
            Map.entry("customerId", booked.json().path("customerId").asLong()),
            Map.entry("paymentId", paid.json().path("id").asLong()),
            Map.entry("seriesId", series),
            Map.entry("webhookId", webhook),
            Map.entry("entryId", entry),
            Map.entry("userId", TestUser.barber(api, shop).id()));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void muchTakesAsManyStatementsAsLittle() {
    SoftAssertions softly = new SoftAssertions();
    counted()
        .forEach((row, sent) -> softly.assertThat(sent).as(row.filled()).hasSize(row.statements()));
    enlarge();
    counted()
        .forEach(
            (row, sent) ->
                softly.assertThat(sent).as("much: " + row.filled()).hasSize(row.statements()));
    softly.assertAll();
  }

  /** Meanwhile nobody else can book with its barbers. */
  @Test
  void longSeriesTakesAsManyStatementsAsAShortOne() {
    Shop own = Shop.open(api.sql(), "Europe/Paris");
    LocalDate first = own.day(3);
    api.sql()
        .sql("UPDATE booking_settings SET horizon_days = 730 WHERE location_id = ?")
        .param(own.id())
        .update();
    api.sql()
        .sql(
            """
            INSERT INTO special_days (location_id, local_date)
            SELECT ?, ?::date + 7 * n FROM generate_series(1, 99, 2) AS n
            """)
        .params(own.id(), first)
        .update();
    lifeOfASeries(own, first, "09:00", 2); // makes its customer

    Map<String, Statements.Noted> few = lifeOfASeries(own, first, "11:00", 2);
    Map<String, Statements.Noted> many = lifeOfASeries(own, first, "13:00", 52);

    SoftAssertions softly = new SoftAssertions();
    few.forEach(
        (step, noted) -> {
          Statements.Noted ofMany = Objects.requireNonNull(many.get(step));
          softly.assertThat(ofMany.reply().status()).isEqualTo(noted.reply().status());
          softly
              .assertThat(ofMany.statements())
              .as(step)
              .hasSameSizeAs(noted.statements())
              .hasSizeLessThanOrEqualTo(25);
        });
    softly.assertAll();
  }

  /** A half of its dates is skipped. */
  private static Map<String, Statements.Noted> lifeOfASeries(
      Shop own, LocalDate first, String time, int count) {
    String body =
        """
        {"locationId": %d, "serviceId": %d, "firstDate": "%s", "time": "%s", "count": %d,
         "customer": {"name": "Zoë", "email": "zoe@example.org"}}
        """
            .formatted(own.id(), own.cut(), first, time, count);
    Map<String, Statements.Noted> steps = new LinkedHashMap<>();
    steps.put("refused", statements.during(() -> api.post("/api/v1/series", body)));
    Statements.Noted made =
        statements.during(
            () ->
                api.post(
                    "/api/v1/series",
                    body.replace("\"count\"", "\"onConflict\": \"skip\", \"count\"")));
    steps.put("made", made);
    assertThat(made.reply().status()).as(made.reply().toString()).isEqualTo(201);
    assertThat(made.reply().json().path("occurrences").size()).isEqualTo(count);
    String path = made.reply().header("Location");
    String more = "{\"count\": %d, \"onConflict\": \"skip\"}".formatted(Math.max(2, count / 2));
    steps.put("extended", statements.during(() -> api.post(path + "/extend", more)));
    steps.put("cancelled", statements.during(() -> api.post(path + "/cancel", "{}")));
    return steps;
  }

  /** Two loads, each in a transaction that reads its snapshot first. */
  @Test
  void aColdSearchOfManyDatesTakesAsManyStatementsAsOfOne() {
    Shop cold = Shop.open(api.sql(), "Europe/Paris");
    LocalDate date = cold.day(3);
    String one = cold.slots(date, "any");
    String many = one.replace("date=" + date, "from=" + date + "&to=" + date.plusDays(30));

    api.get("/api/v1/me"); // who asks is cached as well

    assertThat(sentBy(one)).hasSize(9);
    assertThat(sentBy(one)).isEmpty();
    // The terms are there already.
    assertThat(sentBy(many)).hasSize(5);
    assertThat(sentBy(many)).isEmpty();
    assertThat(sentBy(many.replace("=any", "=" + cold.anna()))).isEmpty();
  }

  private static List<?> sentBy(String path) {
    return statements.during(() -> api.get(path)).statements();
  }

  @Test
  void everyReadIsCounted() {
    Set<String> reads =
        api
            .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
            .getHandlerMethods()
            .keySet()
            .stream()
            .filter(each -> each.getMethodsCondition().getMethods().contains(RequestMethod.GET))
            .flatMap(each -> each.getPatternValues().stream())
            .filter(path -> path.startsWith("/api/"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(reads)
        .as("paths of GET handlers, and of the rows")
        .containsExactlyInAnyOrderElementsOf(ROWS.stream().map(Row::path).distinct().toList());
  }

  /** What each row sends. Once before, so that the caller's account is cached. */
  private static Map<Row, List<Statements.Sent>> counted() {
    Map<Row, List<Statements.Sent>> counted = new LinkedHashMap<>();
    for (Row row : ROWS) {
      api.get(row.filled());
      Statements.Noted noted =
          statements.during(() -> api.get(row.filled(), "Cache-Control", "no-cache"));
      assertThat(noted.reply().status()).as("%s: %s", row.filled(), noted.reply()).isEqualTo(200);
      counted.put(row, noted.statements());
    }
    return counted;
  }

  /** More of everything that a list or a view could go through one by one. */
  private static void enlarge() {
    for (int i = 0; i < 12; i++) {
      Shop.barber(api.sql(), shop.id(), "Barber " + i);
      TestUser.barber(api, shop);
      Shop.open(api.sql(), "Europe/Paris");
    }
    for (String insert :
        List.of(
            """
            INSERT INTO services (location_id, name, duration_minutes, price_minor, currency)
            SELECT :location, 'Service ' || n, 30, 1000, 'EUR' FROM generate_series(1, 20) AS n
            """,
            """
            INSERT INTO barber_services (location_id, barber_id, service_id, duration_minutes)
            SELECT :location, b.id, s.id, 45 FROM barbers b JOIN services s USING (location_id)
            WHERE location_id = :location AND b.name LIKE 'Barber %'
            """,
            """
            INSERT INTO special_days (location_id, local_date, opens_at, closes_at)
            SELECT :location, :date + n, '10:00', '16:00' FROM generate_series(1, 40, 3) AS n
            """,
            """
            INSERT INTO time_off (location_id, barber_id, starts_at, ends_at)
            SELECT :location, b.id, d, d + interval '1 hour'
            FROM barbers b, generate_series(:date + time '12:00',
              :date + interval '60 days', interval '2 days') AS d
            WHERE location_id = :location
            """,
            """
            INSERT INTO blackouts (location_id, starts_at, ends_at)
            SELECT :location, d, d + interval '1 hour'
            FROM generate_series(:date + time '15:00', :date + interval '60 days',
              interval '3 days') AS d
            """,
            """
            INSERT INTO customers (location_id, name, email)
            SELECT :location, 'Customer ' || n, n || '@example.org' FROM generate_series(1, 50) AS n
            """,
            """
            INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at)
            SELECT :location, b.id, :service, c.id, (d + time '08:00') AT TIME ZONE 'UTC'
            FROM barbers b, generate_series(:date + 0, :date + interval '30 days',
              interval '1 day') AS d,
              (SELECT min(id) AS id FROM customers WHERE location_id = :location) AS c
            WHERE location_id = :location AND b.name LIKE 'Barber %'
            """,
            """
            INSERT INTO payments (location_id, appointment_id, method, status, amount_minor, currency)
            SELECT location_id, id, 'cash', 'settled', 100, currency FROM appointments
            WHERE location_id = :location
            """,
            """
            INSERT INTO series (location_id, service_id, customer_id, every_weeks, local_time,
              first_date, last_date)
            SELECT location_id, service_id, customer_id, 1, '10:00', local_date, local_date
            FROM appointments, generate_series(1, 20) WHERE id = :id
            """,
            """
            UPDATE appointments a SET series_id = :series, series_date = a.local_date
            WHERE location_id = :location
              AND barber_id = (SELECT max(id) FROM barbers WHERE location_id = :location)
            """,
            """
            INSERT INTO series_skips (location_id, series_id, series_date, reason)
            SELECT :location, :series, :date + 100 + n, 'slot-taken' FROM generate_series(1, 20) AS n
            """,
            """
            INSERT INTO waiting_list (location_id, service_id, customer_id, first_date, last_date)
            SELECT location_id, service_id, customer_id, '2001-01-01', '2001-01-02'
            FROM appointments, generate_series(1, 20) WHERE id = :id
            """,
            """
            INSERT INTO webhooks (location_id, url, events, secret)
            SELECT :location, 'https://example.org', ARRAY['appointment.created'], ''
            FROM generate_series(1, 20)
            """,
            """
            INSERT INTO notifications (id, location_id, customer_id, appointment_id, kind, channel,
              state)
            SELECT 'n' || n, location_id, customer_id, id, 'moved', 'email', 'sending'
            FROM appointments, generate_series(1, 20) AS n WHERE id = :id
            """,
            """
            INSERT INTO webhook_deliveries (id, webhook_id, location_id, event, state)
            SELECT 'd' || n || '-' || w.id, w.id, location_id, 'appointment.created', 'sending'
            FROM webhooks w, generate_series(1, 20) AS n WHERE location_id = :location
            """,
            """
            INSERT INTO audit_log (action, target)
            SELECT 'appointment.create', 'appointment:' || n FROM generate_series(1, 200) AS n
            """)) {
      api.sql()
          .sql(insert)
          .param("location", shop.id())
          .param("service", shop.cut())
          .param("id", values.get("id"))
          .param("series", values.get("seriesId"))
          .param("date", values.get("date"))
          .update();
    }
  }
}
