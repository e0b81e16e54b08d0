package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.TableChange;
import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The model's rules against the views' loaders: after any change by SQL and the evictions that the
 * rules derive from its row images, no view is cached that a fresh load would answer otherwise.
 */
class ModelCoversViewsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, @Nullable Object>> ROW = new TypeReference<>() {};

  /** Families of other features, which have tests of their own. */
  private static final Set<String> OF_OTHERS = Set.of("user");

  private static ApiFixture api;
  private Shop shop;
  private Shop other;
  private TestUser shopsBarber;
  private TestUser othersBarber;
  private LocalDate day;

  @BeforeAll
  static void start() {
    api = new ApiFixture();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    other = Shop.open(api.sql(), "America/New_York");
    day = shop.day(10);
    shopsBarber = TestUser.barber(api, shop);
    othersBarber = TestUser.barber(api, other);
    for (Shop each : List.of(shop, other)) {
      api.post("/api/v1/appointments", each.booking(each.anna(), day, "10:00"));
      api.post("/api/v1/appointments", each.booking(each.ben(), day, "12:00"));
    }
    for (Shop each : List.of(shop, other)) {
      exceptions(each);
    }
    api.sql()
        .sql("DELETE FROM working_hours WHERE location_id = ? AND weekday = ?")
        .params(shop.id(), weekday(2))
        .update();
  }

  /** One row of each exception, on the day after that of the appointments, or of Ben's. */
  private void exceptions(Shop of) {
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
    record Column(String table, String name, String type) {}
    return api
        .sql()
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
              AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = a.attrelid
                AND c.contype IN ('p', 'u', 'f') AND a.attnum = ANY (c.conkey))
            ORDER BY t.relname, a.attnum
            """)
        .query(
            (row, n) ->
                new Column(
                    row.getString("relname"), row.getString("attname"), row.getString("type")))
        .list()
        .stream()
        .map(
            column ->
                "UPDATE %s SET %s = %s"
                    .formatted(
                        column.table(),
                        column.name(),
                        another(column.table(), column.name(), column.type())));
  }

  /** Another value of a column and the condition for it; what its type suggests, if that may be. */
  private static String another(String table, String column, String type) {
    String where = " WHERE %s = :shop".formatted(table.equals("locations") ? "id" : "location_id");
    return switch (table + "." + column) {
      case "locations.time_zone", "users.time_zone" -> "'Europe/Lisbon'" + where;
      case "users.role" -> "'owner'" + where;
      case "users.language" -> "'fr'" + where;
      case "services.currency", "appointments.currency" -> "'CHF'" + where;
      case "business_hours.weekday" -> "7" + where + " AND weekday = 6";
      case "working_hours.weekday" -> ":free" + where + " AND weekday = :next";
      case "appointments.busy_from" -> "busy_from - interval '5 minutes'" + where;
      case "appointments.status" -> "'cancelled'" + where;
      case "appointments.held_by" -> "7" + where;
      case "appointments.held_as" -> "'owner'" + where;
      case "booking_settings.same_day_cutoff" -> "'15:45'" + where;
      default ->
          switch (type) {
                case "integer", "bigint" -> column + " + 1";
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

  @ParameterizedTest
  @MethodSource("changesThatMatter")
  void noViewIsLeftBehind(String change) {
    assertThat(assertNoViewIsLeftBehind(change)).as("patterns evicted").isPositive();
  }

  /** Returns the number of patterns evicted. */
  private int assertNoViewIsLeftBehind(String change) {
    List<View> views = views(shop);
    views.forEach(View::get);
    List<View> others = views(other);
    others.forEach(View::get);

    int evicted = changeAndEvict(change).size();

    for (View view : views) {
      Reply cached = view.get();
      Reply fresh = view.get("Cache-Control", "no-cache");
      assertThat(cached.status()).as(view.path()).isEqualTo(fresh.status());
      assertThat(cached.json()).as(view.path()).isEqualTo(fresh.json());
    }
    for (View view : others) {
      assertThat(view.get().isHit()).as(view.path()).isTrue();
    }
    return evicted;
  }

  static Stream<String> changesThatMatterToNobody() {
    return Stream.of(
        "UPDATE locations SET name = 'Salon' WHERE id = :shop",
        "UPDATE appointments SET note = 'window seat', price_minor = 1 WHERE barber_id = :anna",
        "UPDATE appointments SET version = version + 1 WHERE barber_id = :anna",
        "UPDATE appointments SET service_id = service_id WHERE barber_id = :anna",
        "UPDATE customers SET phone = '112' WHERE location_id = :shop",
        "UPDATE user_identities SET name = name WHERE user_id = :barber",
        "UPDATE services SET price_minor = price_minor WHERE id = :cut");
  }

  @ParameterizedTest
  @MethodSource("changesThatMatterToNobody")
  void changeThatMattersToNobodyEvictsNothing(String change) {
    List<View> views = views(shop);
    views.forEach(View::get);

    assertThat(changeAndEvict(change)).isEmpty();

    for (View view : views) {
      assertThat(view.get().isHit()).as(view.path()).isTrue();
    }
  }

  /** A view as somebody sees it. */
  private record View(String path, String token) {
    Reply get(String... headers) {
      List<String> all = new ArrayList<>(List.of(headers));
      all.addAll(List.of("Authorization", "Bearer " + token));
      return api.get(path, all.toArray(String[]::new));
    }
  }

  private List<View> views(Shop of) {
    List<View> views =
        new ArrayList<>(publicViews(of).stream().map(p -> new View(p, api.operator())).toList());
    TestUser staff = of.equals(shop) ? shopsBarber : othersBarber;
    views.add(new View("/api/v1/me", staff.token()));
    return views;
  }

  private List<String> publicViews(Shop of) {
    List<String> views =
        new ArrayList<>(familyViews(of).values().stream().flatMap(List::stream).toList());
    views.add(
        of.slots(day, "any").replace("date=" + day, "from=" + day + "&to=" + day.plusDays(2)));
    return views;
  }

  /** Requests for entries of each family of the model; a family without any fails a test. */
  private Map<String, List<String>> familyViews(Shop of) {
    String location = "/api/v1/locations/" + of.id();
    Map<String, List<String>> views = new TreeMap<>();
    views.put("services", List.of(location + "/services"));
    views.put("barbers", List.of(location + "/barbers"));
    views.put("business-hours", List.of(location + "/business-hours"));
    views.put("booking-settings", List.of(location + "/booking-settings"));
    for (long barber : List.of(of.anna(), of.ben())) {
      String path = location + "/barbers/" + barber;
      add(views, "barber-availability", path + "/availability");
      for (LocalDate date : List.of(day, day.plusDays(1))) {
        add(views, "barber-schedule", path + "/schedule?from=" + date + "&to=" + date);
        add(views, "conflicts", path + "/conflicts?date=" + date);
      }
      add(views, "barber-schedule", path + "/schedule?from=" + day + "&to=" + day.plusDays(1));
    }
    for (Object barber : List.of("any", of.anna(), of.ben())) {
      for (long service : List.of(of.cut(), shave(of))) {
        for (LocalDate date : List.of(day, day.plusDays(1))) {
          String slots =
              of.slots(date, barber).replace("service=" + of.cut(), "service=" + service);
          add(views, "slots", slots);
          add(views, "next-slot", slots.replace("/slots?", "/next-slot?"));
        }
      }
    }
    return views;
  }

  private static void add(Map<String, List<String>> views, String family, String path) {
    views.computeIfAbsent(family, f -> new ArrayList<>()).add(path);
  }

  /**
   * Walks the model: each family has a view, and for each table whose rules evict the family a
   * change of one row of it changes what some entry of the family says.
   */
  @Test
  void everyFamilyDependsOnEveryTableOfItsRules() {
    Set<String> expected = new TreeSet<>();
    Set<String> families = new TreeSet<>(api.bean(CacheModel.class).families().keySet());
    families.removeAll(OF_OTHERS);
    assertThat(familyViews(shop).keySet()).as("families with views").isEqualTo(families);
    for (Map.Entry<String, String> rule : ModelFile.evictions()) {
      if (families.contains(rule.getValue())) {
        expected.add(rule.getKey() + " > " + rule.getValue());
      }
    }
    assertThat(expected.stream().map(each -> each.substring(each.lastIndexOf(' ') + 1)).distinct())
        .as("families with rules")
        .containsExactlyInAnyOrderElementsOf(families);

    Set<String> shown = new TreeSet<>();
    for (String change : changesThatMatter().toList()) {
      open();
      Map<String, List<String>> views = familyViews(shop);
      Map<String, String> before = answers(views);
      Set<String> tables =
          changeAndEvict(change).stream()
              .map(eviction -> eviction.table())
              .collect(Collectors.toSet());
      Map<String, String> after = answers(views);
      views.forEach(
          (family, paths) -> {
            if (paths.stream()
                .anyMatch(path -> !Objects.equals(before.get(path), after.get(path)))) {
              if (change.startsWith("DELETE FROM locations")) {
                shown.add("public.locations > " + family);
              } else if (tables.size() == 1) {
                shown.add(tables.iterator().next() + " > " + family);
              }
            }
          });
    }
    expected.removeAll(shown);
    assertThat(expected).as("rules that no change was seen to need").isEmpty();
  }

  private static Map<String, String> answers(Map<String, List<String>> views) {
    Map<String, String> answers = new HashMap<>();
    views
        .values()
        .forEach(
            paths -> paths.forEach(path -> answers.put(path, api.get(path).response().body())));
    return answers;
  }

  /** Runs the statement, and evicts what the model derives from the rows that it changed. */
  private List<Evicted> changeAndEvict(String statement) {
    Map<String, String> before = images();
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
    Map<String, String> after = images();
    List<Evicted> evictions = new ArrayList<>();
    for (TableChange change : changes(before, after)) {
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
  private int weekday(int later) {
    return day.plusDays(later).getDayOfWeek().getValue();
  }

  private void run(String statement) {
    var sql = api.bean(JdbcClient.class).sql(statement);
    Map<String, Object> values =
        Map.of(
            "shop", shop.id(),
            "anna", shop.anna(),
            "ben", shop.ben(),
            "cut", shop.cut(),
            "barber", shopsBarber.id(),
            "shave", shave(shop),
            "day", day,
            "noon", OffsetDateTime.parse(shop.at(day, "12:00")),
            "next", weekday(1),
            "free", weekday(2)); // nobody works then
    values.forEach(sql::param);
    assertThat(sql.update()).as("rows of " + statement).isPositive();
  }

  /** Every row of the model's tables, by table and physical identity. */
  private static Map<String, String> images() {
    Map<String, String> images = new HashMap<>();
    for (String table : api.bean(CacheModel.class).tables().keySet()) {
      String identity = table.equals("public.booking_settings") ? "location_id" : "id";
      api.sql()
          .sql("SELECT %s AS id, to_jsonb(t)::text AS image FROM %s t".formatted(identity, table))
          .query(
              row -> {
                images.put(table + " " + row.getLong("id"), row.getString("image"));
              });
    }
    return images;
  }

  private static List<TableChange> changes(Map<String, String> before, Map<String, String> after) {
    List<TableChange> changes = new ArrayList<>();
    before.forEach(
        (row, image) -> {
          String now = after.get(row);
          if (now == null) {
            changes.add(new TableChange(table(row), Kind.DELETE, parsed(image), null));
          } else if (!now.equals(image)) {
            changes.add(new TableChange(table(row), Kind.UPDATE, parsed(image), parsed(now)));
          }
        });
    after.forEach(
        (row, image) -> {
          if (!before.containsKey(row)) {
            changes.add(new TableChange(table(row), Kind.CREATE, null, parsed(image)));
          }
        });
    return changes;
  }

  private static String table(String row) {
    return row.substring(0, row.indexOf(' '));
  }

  private static Map<String, @Nullable Object> parsed(String image) {
    return JSON.readValue(image, ROW);
  }
}
