package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.freshcut.bookingapi.FamilyViews.View;
import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.TableChange;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The model's rules against the views' loaders: after any change by SQL and the evictions that the
 * rules derive from its row images, no view is cached that a fresh load would answer otherwise.
 */
class ModelCoversViewsIT {
  private static ApiFixture api;
  private static LocalDate today;
  private static LocalDate day;

  /** Another location, to which nothing happens. */
  private static List<View> others;

  private Shop shop;
  private TestUser shopsBarber;
  private Map<String, Long> earlier;

  @BeforeAll
  static void start() {
    // Noon of today where it is noon, so that no midnight comes between two looks at a view.
    Instant noon = LocalDate.now(Clock.systemUTC()).atTime(12, 0).toInstant(ZoneOffset.UTC);
    api = new ApiFixture(Map.of(TestClock.SETTING, noon.toString()));
    today = LocalDate.ofInstant(api.bean(Clock.class).instant(), ZoneOffset.UTC);
    day = today.plusDays(10);
    Shop other = Shop.open(api.sql(), "America/New_York");
    others = views(other, TestUser.barber(api, other)).some();
    furnish(other);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void open() {
    earlier = RowImages.newest(api);
    shop = Shop.open(api.sql(), "Europe/Paris");
    shopsBarber = TestUser.barber(api, shop);
    furnish(shop);
    api.sql()
        .sql("DELETE FROM working_hours WHERE location_id = ? AND weekday = ?")
        .params(shop.id(), weekday(2))
        .update();
  }

  private static void furnish(Shop of) {
    api.post("/api/v1/appointments", of.booking(of.anna(), day, "10:00"));
    api.post("/api/v1/appointments", of.booking(of.ben(), day, "12:00"));
    exceptions(of);
    past(of);
    entry(of);
    notifications(of);
  }

  /** One row of each exception, on the day after that of the appointments, or of Ben's. */
  private static void exceptions(Shop of) {
    OffsetDateTime next = OffsetDateTime.parse(of.at(day.plusDays(1), "12:00"));
    api.sql()
        .sql(
            "INSERT INTO special_days (location_id, local_date, opens_at, closes_at, label) VALUES (?, ?, '10:00', '15:00', 'Market')")
        .params(of.id(), day.plusDays(1))
        .update();
    api.sql()
        .sql(
            "INSERT INTO time_off (location_id, barber_id, starts_at, ends_at) VALUES (?, ?, ?, ?)")
        .params(of.id(), of.ben(), next, next.plusHours(1))
        .update();
    api.sql()
        .sql("INSERT INTO blackouts (location_id, starts_at, ends_at) VALUES (?, ?, ?)")
        .params(of.id(), next.plusHours(1), next.plusHours(2))
        .update();
    api.sql()
        .sql(
            "INSERT INTO barber_services (location_id, barber_id, service_id, duration_minutes, price_minor) VALUES (?, ?, ?, 20, 2000)")
        .params(of.id(), of.ben(), shave(of))
        .update();
  }

  /**
   * Ben's visits of today, yesterday and the week before, one who did not come, and what was paid.
   */
  private static void past(Shop of) {
    for (String email : List.of("ann@example.org", "eve@example.org")) {
      api.sql()
          .sql("INSERT INTO customers (location_id, name, email) VALUES (?, 'C', ?)")
          .params(of.id(), email)
          .update();
    }
    visit(of, today, "10:00", of.cut(), "eve@example.org", "completed");
    visit(of, today.minusDays(1), "10:00", of.cut(), "ann@example.org", "completed");
    visit(of, today.minusDays(1), "12:00", of.cut(), "eve@example.org", "no_show");
    visit(of, today.minusDays(8), "10:00", shave(of), "eve@example.org", "completed");
    pay(of, today, "payment", null, 1500, "settled");
    pay(of, today, "payment", null, 700, "pending");
    long paid = pay(of, today.minusDays(1), "payment", null, 1200, "settled");
    pay(of, today.minusDays(1), "refund", paid, 400, "settled");
    pay(of, today.minusDays(1), "payment", null, 900, "settled");
  }

  private static void visit(
      Shop of, LocalDate date, String time, long service, String email, String status) {
    api.sql()
        .sql(
            """
            INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at,
              status)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        .params(
            of.id(),
            of.ben(),
            service,
            customer(of, email),
            OffsetDateTime.parse(of.at(date, time)),
            status)
        .update();
  }

  /** At half past ten, of the visit at ten; a fifth of it is a tip. */
  private static long pay(
      Shop of, LocalDate date, String kind, @Nullable Long refundOf, long amount, String status) {
    return api.sql()
        .sql(
            """
            INSERT INTO payments (location_id, appointment_id, kind, refund_of, method, status,
              amount_minor, tip_minor, currency, paid_at)
            VALUES (:location, :appointment, :kind, :refundOf, 'card', :status, :amount,
              :amount / 5, 'EUR', CASE :status WHEN 'settled' THEN :paidAt::timestamptz END)
            RETURNING id
            """)
        .param("location", of.id())
        .param("appointment", visit(of, date, "10:00"))
        .param("kind", kind)
        .param("refundOf", refundOf)
        .param("status", status)
        .param("amount", amount)
        .param("paidAt", OffsetDateTime.parse(of.at(date, "10:30")))
        .query(Long.class)
        .single();
  }

  /** Somebody who has ceased to wait: an offer would be a change of its own. */
  private static void entry(Shop of) {
    api.sql()
        .sql(
            """
            INSERT INTO waiting_list (location_id, service_id, customer_id, first_date, last_date,
              state)
            SELECT location_id, :cut, min(id), '2001-01-01', '2001-01-31', 'declined'
            FROM customers WHERE location_id = :shop GROUP BY location_id
            """)
        .param("cut", of.cut())
        .param("shop", of.id())
        .update();
  }

  /** What the location and its first customer say about notifications. */
  private static void notifications(Shop of) {
    api.sql()
        .sql("INSERT INTO notification_settings (location_id) VALUES (?)")
        .param(of.id())
        .update();
    api.sql()
        .sql(
            """
            INSERT INTO notification_preferences (customer_id, location_id, sms_consent_at,
              sms_consent_source, quiet_from, quiet_until)
            SELECT min(id), location_id, now(), 'in_person', '20:00', '09:00'
            FROM customers WHERE location_id = ? GROUP BY location_id
            """)
        .param(of.id())
        .update();
  }

  /** The location's second service. */
  private static long shave(Shop of) {
    return api.sql()
        .sql("SELECT id FROM services WHERE location_id = ? AND name = 'Beard' ORDER BY id LIMIT 1")
        .param(of.id())
        .query(Long.class)
        .optional()
        .orElseGet(
            () ->
                Shop.id(
                    api.sql(),
                    """
                    INSERT INTO services (location_id, name, duration_minutes, price_minor, currency)
                    VALUES (?, 'Beard', 15, 1500, 'EUR') RETURNING id
                    """,
                    of.id()));
  }

  static Stream<String> changesThatMatter() {
    return Stream.of(
        "UPDATE locations SET time_zone = 'Europe/Lisbon' WHERE id = :shop",
        "UPDATE locations SET time_zone = 'Asia/Tokyo' WHERE id = :shop",
        "DELETE FROM locations WHERE id = :shop",
        "UPDATE booking_settings SET slot_step_minutes = 45 WHERE location_id = :shop",
        "UPDATE booking_settings SET minimum_notice_minutes = 43200 WHERE location_id = :shop",
        "UPDATE booking_settings SET horizon_days = 1 WHERE location_id = :shop",
        "DELETE FROM booking_settings WHERE location_id = :shop",
        "UPDATE barbers SET active = false WHERE id = :anna",
        "UPDATE barbers SET name = 'Anne' WHERE id = :anna",
        "INSERT INTO barbers (location_id, name) VALUES (:shop, 'Carl')",
        "UPDATE services SET duration_minutes = 60 WHERE id = :cut",
        "UPDATE services SET buffer_before_minutes = 15 WHERE id = :cut",
        "UPDATE services SET buffer_after_minutes = 60 WHERE id = :cut",
        "UPDATE services SET price_minor = 2600 WHERE id = :cut",
        "UPDATE services SET currency = 'CHF' WHERE id = :cut",
        "UPDATE services SET name = 'Trim' WHERE id = :cut",
        "UPDATE services SET active = false WHERE id = :cut",
        """
        INSERT INTO services (location_id, name, duration_minutes, price_minor, currency)
        VALUES (:shop, 'Shave', 15, 1500, 'EUR')
        """,
        "UPDATE business_hours SET closes_at = '19:00' WHERE location_id = :shop AND weekday = 1",
        "DELETE FROM business_hours WHERE location_id = :shop AND weekday = 2",
        "INSERT INTO business_hours (location_id, weekday, opens_at, closes_at) VALUES (:shop, 7, '10:00', '24:00')",
        "UPDATE working_hours SET opens_at = '10:30' WHERE barber_id = :anna",
        "DELETE FROM working_hours WHERE barber_id = :ben",
        """
        INSERT INTO working_hours (location_id, barber_id, weekday, opens_at, closes_at)
        SELECT :shop, :anna, day, '18:00', '20:00' FROM generate_series(1, 7) AS day
        """,
        "UPDATE appointments SET starts_at = starts_at + interval '1 day' WHERE barber_id = :anna",
        "UPDATE appointments SET starts_at = starts_at + interval '20 minutes' WHERE barber_id = :anna",
        "UPDATE appointments SET busy_until = busy_until + interval '1 hour' WHERE barber_id = :anna",
        "UPDATE appointments SET barber_id = :ben WHERE barber_id = :anna",
        "UPDATE appointments SET status = 'cancelled' WHERE barber_id = :anna",
        "UPDATE appointments SET starts_at = starts_at - interval '1 hour' WHERE barber_id = :anna",
        "UPDATE appointments SET starts_at = starts_at + interval '27 hours' WHERE barber_id = :anna",
        "UPDATE appointments SET service_id = :shave WHERE barber_id = :anna",
        "UPDATE appointments SET barber_id = :ben, starts_at = starts_at + interval '1 day' WHERE barber_id = :anna",
        "UPDATE booking_settings SET same_day_cutoff = '16:00' WHERE location_id = :shop",
        "UPDATE booking_settings SET cancellation_window_minutes = 60 WHERE location_id = :shop",
        "INSERT INTO special_days (location_id, local_date) VALUES (:shop, :day)",
        "INSERT INTO special_days (location_id, local_date, opens_at, closes_at) VALUES (:shop, :day, '10:15', '14:00')",
        "UPDATE special_days SET local_date = :day WHERE location_id = :shop",
        "UPDATE special_days SET label = 'Fair' WHERE location_id = :shop",
        "DELETE FROM special_days WHERE location_id = :shop",
        "INSERT INTO time_off (location_id, barber_id, starts_at, ends_at) VALUES (:shop, :anna, :noon - interval '3 hours', :noon + interval '30 hours')",
        "UPDATE time_off SET starts_at = :noon, ends_at = :noon + interval '1 hour' WHERE location_id = :shop",
        "UPDATE time_off SET starts_at = :noon, ends_at = :noon + interval '1 hour', barber_id = :anna WHERE location_id = :shop",
        "DELETE FROM time_off WHERE location_id = :shop",
        "INSERT INTO blackouts (location_id, starts_at, ends_at) VALUES (:shop, :noon - interval '3 hours', :noon + interval '1 hour')",
        "UPDATE blackouts SET starts_at = :noon, ends_at = :noon + interval '1 hour' WHERE location_id = :shop",
        "DELETE FROM blackouts WHERE location_id = :shop",
        "INSERT INTO barber_services (location_id, barber_id, service_id, offered) VALUES (:shop, :anna, :cut, false)",
        "UPDATE barber_services SET duration_minutes = 50 WHERE location_id = :shop",
        "UPDATE barber_services SET price_minor = 9900 WHERE location_id = :shop",
        "UPDATE barber_services SET service_id = :cut WHERE location_id = :shop",
        "DELETE FROM barber_services WHERE location_id = :shop",
        "DELETE FROM appointments WHERE barber_id = :anna",
        "UPDATE appointments SET customer_id = :ann WHERE id = :visit",
        "UPDATE appointments SET barber_id = :anna WHERE id = :visit",
        "UPDATE appointments SET ends_at = ends_at + interval '10 minutes' WHERE id = :visit",
        "UPDATE appointments SET service_id = :shave WHERE id = :visit",
        "UPDATE payments SET appointment_id = :earlier WHERE appointment_id = :visit",
        "UPDATE payments SET status = 'settled', paid_at = :now WHERE status = 'pending' AND location_id = :shop",
        """
        INSERT INTO payments (location_id, appointment_id, method, status, amount_minor, currency)
        VALUES (:shop, :earlier, 'cash', 'settled', 100, 'EUR')
        """,
        "UPDATE barbers SET name = 'Benno' WHERE id = :ben",
        "UPDATE working_hours SET barber_id = :anna, weekday = :free WHERE barber_id = :ben AND weekday = :next",
        "INSERT INTO special_days (location_id, local_date) VALUES (:shop, :today)",
        "INSERT INTO time_off (location_id, barber_id, starts_at, ends_at) VALUES (:shop, :anna, :now, :now + interval '1 hour')",
        "INSERT INTO blackouts (location_id, starts_at, ends_at) VALUES (:shop, :now, :now + interval '1 hour')",
        "UPDATE barber_services SET barber_id = :anna WHERE location_id = :shop",
        // On the date that a search finds which began on an earlier one.
        "INSERT INTO special_days (location_id, local_date) VALUES (:shop, :later)",
        "INSERT INTO special_days (location_id, local_date, opens_at, closes_at) VALUES (:shop, :later, '11:00', '14:00')",
        "INSERT INTO time_off (location_id, barber_id, starts_at, ends_at) VALUES (:shop, :anna, :late - interval '4 hours', :late)",
        "INSERT INTO blackouts (location_id, starts_at, ends_at) VALUES (:shop, :late - interval '4 hours', :late)",
        "UPDATE appointments SET starts_at = :late - interval '3 hours' WHERE barber_id = :anna AND local_date = :day",
        "INSERT INTO working_hours (location_id, barber_id, weekday, opens_at, closes_at) VALUES (:shop, :anna, :free, '12:00', '13:00')",
        "UPDATE users SET role = 'owner' WHERE location_id = :shop",
        "UPDATE users SET active = false WHERE location_id = :shop",
        "UPDATE users SET barber_id = :anna WHERE location_id = :shop",
        "UPDATE users SET role = 'client', location_id = NULL WHERE location_id = :shop",
        "UPDATE users SET time_zone = 'Asia/Tokyo' WHERE location_id = :shop",
        "DELETE FROM users WHERE location_id = :shop",
        "UPDATE user_identities SET name = 'Yann' WHERE user_id = :barber",
        "UPDATE user_identities SET email = 'changed-' || email WHERE user_id = :barber",
        "UPDATE user_identities SET phone = '112' WHERE user_id = :barber",
        "UPDATE user_identities SET password_hash = 'x' WHERE user_id = :barber",
        """
        INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at)
        SELECT location_id, barber_id, service_id, customer_id, starts_at + interval '3 hours'
        FROM appointments WHERE barber_id = :anna
        """);
  }

  /**
   * One update of each column that the stream carries, so that a column which a loader comes to
   * read and no rule names is noticed. Keys are left out: the changes above are about those.
   */
  static Stream<String> changesOfEachColumn() {
    return columns(false).stream()
        .map(
            column ->
                "UPDATE %s SET %s = %s"
                    .formatted(
                        column.table(),
                        column.name(),
                        another(column.table(), column.name(), column.type())));
  }

  private record Column(String table, String name, String type) {}

  /** Those that the stream carries; either those of keys, or the others. */
  private static List<Column> columns(boolean keys) {
    return api.sql()
        .sql(
            """
            SELECT t.relname, a.attname, format_type(a.atttypid, NULL) AS type
            FROM pg_publication p
              JOIN pg_publication_rel r ON r.prpubid = p.oid
              JOIN pg_class t ON t.oid = r.prrelid
              JOIN pg_attribute a ON a.attrelid = t.oid
            WHERE p.pubname = 'freshcut' AND t.relname <> 'cdc_heartbeat'
              -- Null but for holds and cancelled ones, of which there are none.
              AND NOT (t.relname = 'appointments'
                AND a.attname IN ('hold_expires_at', 'cancelled_by'))
              AND a.attnum > 0 AND NOT a.attisdropped
              -- No row changes who it is, or whose; of series nothing is cached.
              AND a.attname NOT IN ('id', 'location_id', 'series_id')
              AND :keys = EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = a.attrelid
                AND c.contype IN ('p', 'u', 'f') AND a.attnum = ANY (c.conkey))
            ORDER BY t.relname, a.attnum
            """)
        .param("keys", keys)
        .query(
            (row, n) ->
                new Column(
                    row.getString("relname"), row.getString("attname"), row.getString("type")))
        .list();
  }

  /** Another value of a column and the condition for it; what its type suggests, if that may be. */
  private static String another(String table, String column, String type) {
    String where = " WHERE %s = :shop".formatted(table.equals("locations") ? "id" : "location_id");
    return switch (table + "." + column) {
      case "locations.time_zone", "users.time_zone", "notification_preferences.time_zone" ->
          "'Europe/Lisbon'" + where;
      case "users.role" -> "'owner'" + where;
      case "users.language", "notification_preferences.language" -> "'fr'" + where;
      case "notification_preferences.sms_consent_source" -> "'phone'" + where;
      case "notification_preferences.sms_withdrawn_at" ->
          "now(), sms_withdrawn_source = 'phone', sms_consent_at = NULL, sms_consent_source = NULL"
              + where;
      case "notification_preferences.sms_withdrawn_source" ->
          "'phone', sms_withdrawn_at = now(), sms_consent_at = NULL, sms_consent_source = NULL"
              + where;
      case "services.currency", "payments.currency" -> "'CHF'" + where;
      case "business_hours.weekday" -> "7" + where + " AND weekday = 6";
      case "working_hours.weekday" -> ":free" + where + " AND weekday = :next";
      case "appointments.ends_at" -> "ends_at - interval '5 minutes'" + where;
      case "appointments.busy_from" -> "busy_from - interval '5 minutes'" + where;
      case "appointments.status" -> "'cancelled'" + where + " AND status = 'confirmed'";
      case "appointments.currency" -> "'CHF'" + where + " AND status = 'confirmed'";
      case "payments.kind" -> "'payment', refund_of = NULL" + where + " AND kind = 'refund'";
      case "payments.method" -> "'transfer'" + where;
      case "payments.status" -> "'failed', paid_at = NULL" + where + " AND status = 'settled'";
      case "payments.paid_at" -> "paid_at - interval '1 day'" + where + " AND status = 'settled'";
      case "waiting_list.state" -> "'declined'" + where; // nothing follows upon it
      case "appointments.held_by" -> "7" + where;
      case "appointments.held_as" -> "'owner'" + where;
      case "booking_settings.same_day_cutoff" -> "'15:45'" + where;
      default ->
          switch (type) {
                case "integer", "bigint" -> column + " + 1";
                case "integer[]" -> "'{60}'";
                case "boolean" -> "NOT " + column;
                case "text" -> "coalesce(" + column + ", '') || 'x'";
                case "date" -> column + " - 1";
                default -> column + " + interval '5 minutes'";
              }
              + where;
    };
  }

  @ParameterizedTest
  @MethodSource("changesOfEachColumn")
  void noColumnIsForgotten(String change) {
    assertNoViewIsLeftBehind(change);
  }

  /** Keys, whose changes cannot be made up from their types. */
  @Test
  void noKeyIsForgotten() {
    List<String> changes = Stream.concat(changesThatMatter(), changesThatMatterToNobody()).toList();
    for (Column key : columns(true)) {
      Pattern update =
          Pattern.compile("UPDATE %s SET (.*, )?%s = .*".formatted(key.table(), key.name()));
      assertThat(changes)
          .as("an update of %s.%s", key.table(), key.name())
          .anyMatch(change -> update.matcher(change).matches());
    }
  }

  /**
   * After each change no view is left behind. And walks the model: each family has a view, and for
   * each table whose rules evict the family one of the changes changes what some entry says.
   */
  @TestFactory
  Stream<DynamicTest> noViewIsLeftBehind() {
    Set<String> unseen = rules();
    Stream<DynamicTest> changes =
        changesThatMatter()
            .map(
                change ->
                    dynamicTest(
                        change,
                        () -> {
                          open();
                          assertThat(assertNoViewIsLeftBehind(change, unseen))
                              .as("patterns evicted")
                              .isPositive();
                        }));
    return Stream.concat(
        changes,
        Stream.of(
            dynamicTest(
                "every rule was needed",
                () -> assertThat(unseen).as("rules that no change needs").isEmpty())));
  }

  /** Each table with each family that one of its rules evicts. */
  private Set<String> rules() {
    Set<String> families = api.bean(CacheModel.class).families().keySet();
    assertThat(views(shop, shopsBarber).families()).as("families with views").isEqualTo(families);
    Set<String> rules = new TreeSet<>();
    Set<String> evicted = new TreeSet<>();
    for (Map.Entry<String, String> rule : ModelFile.evictions()) {
      rules.add(rule.getKey() + " > " + rule.getValue());
      evicted.add(rule.getValue());
    }
    assertThat(evicted).as("families with rules").isEqualTo(families);
    return rules;
  }

  private void assertNoViewIsLeftBehind(String change) {
    assertNoViewIsLeftBehind(change, new TreeSet<>());
  }

  /**
   * Returns the number of patterns evicted.
   *
   * @param unseen rules; those that the change needs are removed
   */
  private int assertNoViewIsLeftBehind(String change, Set<String> unseen) {
    FamilyViews views = views(shop, shopsBarber);
    Map<View, String> before = new HashMap<>();
    views.all().forEach(view -> before.put(view, view.get().response().body()));
    others.forEach(View::get);

    List<Evicted> evicted = changeAndEvict(change);

    Set<String> tables = evicted.stream().map(Evicted::table).collect(Collectors.toSet());
    String table =
        change.startsWith("DELETE FROM locations")
            ? "public.locations"
            : tables.size() == 1 ? tables.iterator().next() : "none alone";
    for (View view : views.all()) {
      Reply cached = view.get();
      Reply fresh = view.get("Cache-Control", "no-cache");
      assertThat(cached.status()).as(view.path()).isEqualTo(fresh.status());
      assertThat(cached.json()).as(view.path()).isEqualTo(fresh.json());
      if (!fresh.response().body().equals(before.get(view))) {
        views.families(view).forEach(family -> unseen.remove(table + " > " + family));
      }
    }
    for (View view : others) {
      assertThat(view.get().isHit()).as(view.path()).isTrue();
    }
    return evicted.size();
  }

  static Stream<String> changesThatMatterToNobody() {
    return Stream.of(
        "UPDATE waiting_list SET barber_id = :anna, service_id = :shave, customer_id = (SELECT max(id) FROM customers WHERE location_id = :shop), appointment_id = (SELECT min(id) FROM appointments WHERE location_id = :shop) WHERE location_id = :shop",
        "UPDATE notification_preferences SET customer_id = :ann WHERE location_id = :shop",
        "UPDATE locations SET name = 'Salon' WHERE id = :shop",
        "UPDATE appointments SET price_minor = 1 WHERE barber_id = :anna",
        "INSERT INTO appointment_notes (location_id, appointment_id, note) SELECT location_id, id, 'window seat' FROM appointments WHERE barber_id = :anna",
        "UPDATE appointments SET version = version + 1 WHERE barber_id = :anna",
        "UPDATE appointments SET service_id = service_id WHERE barber_id = :anna",
        "UPDATE customers SET phone = '112' WHERE location_id = :shop",
        "UPDATE payments SET method = 'transfer' WHERE location_id = :shop",
        "UPDATE payments SET refund_of = (SELECT max(id) FROM payments WHERE kind = 'payment' AND refund_of IS NULL AND appointment_id = :yesterday) WHERE kind = 'refund' AND location_id = :shop",
        "UPDATE user_identities SET name = name WHERE user_id = :barber",
        "UPDATE services SET price_minor = price_minor WHERE id = :cut");
  }

  @ParameterizedTest
  @MethodSource("changesThatMatterToNobody")
  void changeThatMattersToNobodyEvictsNothing(String change) {
    List<View> views = views(shop, shopsBarber).all();
    views.forEach(View::get);

    assertThat(changeAndEvict(change)).isEmpty();

    for (View view : views) {
      assertThat(view.get().isHit()).as(view.path()).isTrue();
    }
  }

  /** Otherwise a change on another date than the search's first would not matter here. */
  @Test
  void nextSlotIsLookedForOverSeveralDates() {
    String next = shop.slots(day.plusDays(2), "any").replace("/slots?", "/next-slot?");

    assertThat(api.get(next).json().at("/slot/date").asString())
        .isEqualTo(day.plusDays(3).toString());
  }

  private static FamilyViews views(Shop of, TestUser staff) {
    return new FamilyViews(api, of, shave(of), staff, today, day);
  }

  /** Runs the statement, and evicts what the model derives from the rows that it changed. */
  private List<Evicted> changeAndEvict(String statement) {
    RowImages before = RowImages.read(api, earlier);
    long xid =
        Objects.requireNonNull(
            new TransactionTemplate(api.bean(PlatformTransactionManager.class))
                .execute(
                    status -> {
                      run(statement);
                      return api.bean(JdbcClient.class)
                          .sql("SELECT pg_current_xact_id()::text::bigint")
                          .query(Long.class)
                          .single();
                    }));
    RowImages after = RowImages.read(api, earlier);
    List<Evicted> evictions = new ArrayList<>();
    for (TableChange change : before.changesTo(after)) {
      api.bean(CacheModel.class)
          .evictionsFor(change)
          .forEach(
              pattern -> evictions.add(new Evicted(change.table(), new Eviction(pattern, xid))));
    }
    api.bean(Evictor.class).evict(evictions.stream().map(Evicted::eviction).toList());
    return evictions;
  }

  private record Evicted(String table, Eviction eviction) {}

  /** Of some days after {@link #day}. */
  private static int weekday(int later) {
    return day.plusDays(later).getDayOfWeek().getValue();
  }

  private void run(String statement) {
    JdbcClient database = api.bean(JdbcClient.class);
    var sql = database.sql(statement);
    Map<String, Object> values =
        Map.ofEntries(
            Map.entry("shop", shop.id()),
            Map.entry("anna", shop.anna()),
            Map.entry("ben", shop.ben()),
            Map.entry("cut", shop.cut()),
            Map.entry("barber", shopsBarber.id()),
            Map.entry("shave", shave(shop)),
            Map.entry("day", day),
            Map.entry("noon", OffsetDateTime.parse(shop.at(day, "12:00"))),
            Map.entry("today", today),
            Map.entry("now", OffsetDateTime.parse(shop.at(today, "12:00"))),
            Map.entry("visit", visit(shop, today, "10:00")),
            Map.entry("yesterday", visit(shop, today.minusDays(1), "10:00")),
            Map.entry("earlier", visit(shop, today.minusDays(8), "10:00")),
            Map.entry("ann", customer(shop, "ann@example.org")),
            Map.entry("next", weekday(1)),
            Map.entry("free", weekday(2)), // nobody works then
            Map.entry("later", day.plusDays(3)),
            Map.entry("late", OffsetDateTime.parse(shop.at(day.plusDays(3), "12:00"))));
    values.forEach(sql::param);
    // The database keeps payments as they are; the rules are not to rely on it.
    boolean ofPayments = statement.startsWith("UPDATE payments");
    if (ofPayments) {
      database.sql("ALTER TABLE payments DISABLE TRIGGER USER").update();
    }
    assertThat(sql.update()).as("rows of " + statement).isPositive();
    if (ofPayments) {
      database.sql("ALTER TABLE payments ENABLE TRIGGER USER").update();
    }
  }

  private static long visit(Shop of, LocalDate date, String time) {
    return Shop.id(
        api.sql(),
        "SELECT id FROM appointments WHERE location_id = ? AND barber_id = ? AND starts_at = ?",
        of.id(),
        of.ben(),
        OffsetDateTime.parse(of.at(date, time)));
  }

  private static long customer(Shop of, String email) {
    return Shop.id(
        api.sql(), "SELECT id FROM customers WHERE location_id = ? AND email = ?", of.id(), email);
  }
}
