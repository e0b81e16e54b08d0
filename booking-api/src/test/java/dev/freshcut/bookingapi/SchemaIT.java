package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshcut.bookingschema.DatabaseBootstrap;
import dev.freshcut.sharedevents.NotificationTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the database itself sees to, for any client. */
class SchemaIT {
  private static ApiFixture api;
  private static JdbcClient sql;
  private Shop shop;
  private long customer;

  @BeforeAll
  static void start() {
    api = new ApiFixture();
    sql = api.sql();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(sql, "Europe/Paris");
    customer =
        Shop.id(
            sql,
            "INSERT INTO customers (location_id, name, email) VALUES (?, 'A', 'a@b.example') RETURNING id",
            shop.id());
  }

  @Test
  void timesLeftOutFollowFromTheServiceAndTheZone() {
    long id = book("2026-11-20 23:00+01");

    assertThat(
            row(
                """
                SELECT ends_at = '2026-11-20 23:30+01' AS ends,
                  busy_from = starts_at AS busy_from,
                  busy_until = '2026-11-20 23:40+01' AS busy_until, local_date::text
                FROM appointments WHERE id = ?
                """,
                id))
        .containsOnly(
            Map.entry("ends", true),
            Map.entry("busy_from", true),
            Map.entry("busy_until", true),
            Map.entry("local_date", "2026-11-20"));
  }

  @Test
  void startTakesTheOtherTimesAlong() {
    long id = book("2026-11-20 10:00+01");

    sql.sql("UPDATE appointments SET starts_at = starts_at + interval '1 day' WHERE id = ?")
        .param(id)
        .update();

    assertThat(
            row(
                """
                SELECT ends_at = '2026-11-21 10:30+01' AS ends,
                  busy_until = '2026-11-21 10:40+01' AS busy_until, local_date::text
                FROM appointments WHERE id = ?
                """,
                id))
        .containsOnly(
            Map.entry("ends", true),
            Map.entry("busy_until", true),
            Map.entry("local_date", "2026-11-21"));
  }

  @Test
  void localDateCannotBeWrong() {
    long id = book("2026-11-20 10:00+01");

    sql.sql("UPDATE appointments SET local_date = '1999-01-01' WHERE id = ?").param(id).update();

    assertThat(localDate(id)).isEqualTo("2026-11-20");
  }

  @Test
  void localDateFollowsTheLocationsZone() {
    long early = book("2026-11-20 10:00+01");
    long late = book("2026-11-20 16:00+01");

    setZone("Asia/Tokyo");

    assertThat(localDate(early)).isEqualTo("2026-11-20");
    assertThat(localDate(late)).isEqualTo("2026-11-21");
  }

  @Test
  void zoneThatWouldPutAnAppointmentOverMidnightIsRefused() {
    long id = book("2026-11-20 15:30+01"); // in Tokyo from 23:30 to 00:10, buffer included

    assertRefused(() -> setZone("Asia/Tokyo"), "goes over midnight in Asia/Tokyo");

    sql.sql("UPDATE appointments SET status = 'cancelled' WHERE id = ?").param(id).update();
    setZone("Asia/Tokyo");
  }

  @Test
  void appointmentsThatStayOnTheirDayAreNotRewritten() {
    long id = book("2026-11-20 10:00+01");
    Map<String, Object> before = row("SELECT xmin::text FROM appointments WHERE id = ?", id);

    setZone("Asia/Tokyo");

    assertThat(row("SELECT xmin::text FROM appointments WHERE id = ?", id)).isEqualTo(before);
  }

  @Test
  void appointmentThatIsMadeDuringAChangeOfTheZoneHasTheNewDay() throws Exception {
    String insert = insert("2026-11-20 16:00+01");
    try (Connection other = api.connection();
        Statement statement = other.createStatement();
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      statement.execute(zoneChange("Asia/Tokyo"));
      Future<Long> made =
          executor.submit(() -> api.bean(JdbcClient.class).sql(insert).query(Long.class).single());
      awaitLockOr(made);
      other.commit();

      assertThat(localDate(made.get())).isEqualTo("2026-11-21");
    }
  }

  @Test
  void changeOfTheZoneWaitsForAppointmentsThatAreBeingMade() throws Exception {
    try (Connection other = api.connection();
        Statement statement = other.createStatement();
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      statement.execute(insert("2026-11-20 16:00+01"));
      Future<Integer> changed =
          executor.submit(() -> api.bean(JdbcClient.class).sql(zoneChange("Asia/Tokyo")).update());
      awaitLockOr(changed);
      other.commit();

      assertThat(changed.get()).isOne();
    }
    assertThat(
            sql.sql("SELECT local_date::text FROM appointments WHERE location_id = ?")
                .param(shop.id())
                .query(String.class)
                .single())
        .isEqualTo("2026-11-21");
  }

  @Test
  void appointmentsStayWithinOneLocalDay() {
    assertRefused(() -> book("2026-11-20 23:45+01"), "goes over midnight in Europe/Paris");
    assertRefused(() -> book("2026-11-20 23:25+01"), "goes over midnight"); // by its buffer
    assertThat(book("2026-11-20 23:20+01")).isPositive();
  }

  @Test
  void appointmentsOfABarberDoNotOverlap() {
    long id = book("2026-11-20 10:00+01");

    assertRefused(() -> book("2026-11-20 10:39+01"), "appointments_no_overlap");

    sql.sql("UPDATE appointments SET status = 'no_show' WHERE id = ?").param(id).update();
    assertThat(book("2026-11-20 10:39+01")).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "held, pending confirmed expired",
    "pending, confirmed cancelled",
    "confirmed, completed no_show cancelled",
    "expired, ''",
    "completed, ''",
    "no_show, ''",
    "cancelled, ''"
  })
  void appointmentsLiveInOneDirection(String from, String legal) {
    List<String> all =
        List.of("held", "expired", "pending", "confirmed", "completed", "no_show", "cancelled");
    for (String to : all) {
      long id = bookAs(from);
      ThrowingCallable change =
          () ->
              sql.sql(
                      """
                      UPDATE appointments SET status = ?, customer_id = ?,
                        hold_expires_at = coalesce(hold_expires_at, now()) WHERE id = ?
                      """)
                  .params(to, customer, id)
                  .update();
      if (to.equals(from) || List.of(legal.split(" ")).contains(to)) {
        assertThatCode(change).as(from + " to " + to).doesNotThrowAnyException();
      } else {
        assertRefused(change, "that is %s cannot become %s".formatted(from, to));
      }
      sql.sql("DELETE FROM appointments WHERE id = ?").param(id).update();
    }
  }

  private long bookAs(String status) {
    return Shop.id(
        sql,
        """
        INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at,
          status, hold_expires_at)
        VALUES (?, ?, ?, ?, '2026-11-20 10:00+01', ?, now() + interval '1 hour') RETURNING id
        """,
        shop.id(),
        shop.anna(),
        shop.cut(),
        customer,
        status);
  }

  @Test
  void holdTakesTimeUntilItIsOver() {
    long id =
        Shop.id(
            sql,
            """
            INSERT INTO appointments (location_id, barber_id, service_id, starts_at, status,
              hold_expires_at)
            VALUES (?, ?, ?, '2026-11-20 10:00+01', 'held', now()) RETURNING id
            """,
            shop.id(),
            shop.anna(),
            shop.cut());
    assertRefused(() -> book("2026-11-20 10:39+01"), "appointments_no_overlap");

    sql.sql("UPDATE appointments SET status = 'expired' WHERE id = ?").param(id).update();
    assertThat(book("2026-11-20 10:39+01")).isPositive();
  }

  @Test
  void barbersOwnDurationCounts() {
    sql.sql(
            """
            INSERT INTO barber_services (location_id, barber_id, service_id, duration_minutes)
            VALUES (?, ?, ?, 45)
            """)
        .params(shop.id(), shop.anna(), shop.cut())
        .update();

    assertThat(
            row(
                "SELECT ends_at = '2026-11-20 10:45+01' AS ends FROM appointments WHERE id = ?",
                book("2026-11-20 10:00+01")))
        .containsOnly(Map.entry("ends", true));
  }

  @Test
  void priceIsAgreedWhenTheAppointmentIsMade() {
    long before = book("2026-11-20 10:00+01");
    sql.sql(
            """
            INSERT INTO barber_services (location_id, barber_id, service_id, price_minor)
            VALUES (?, ?, ?, 9900)
            """)
        .params(shop.id(), shop.anna(), shop.cut())
        .update();
    long special = book("2026-11-20 12:00+01");
    sql.sql("UPDATE services SET price_minor = 7, currency = 'CHF' WHERE id = ?")
        .param(shop.cut())
        .update();
    sql.sql("UPDATE appointments SET barber_id = ? WHERE id = ?")
        .params(shop.ben(), special)
        .update();

    String price = "SELECT price_minor, currency FROM appointments WHERE id = ?";
    assertThat(row(price, before))
        .containsOnly(Map.entry("price_minor", 2500L), Map.entry("currency", "EUR"));
    assertThat(row(price, special))
        .containsOnly(Map.entry("price_minor", 9900L), Map.entry("currency", "EUR"));
    // A currency alone does not make another sum of the service's price.
    long foreign = book("2026-11-20 14:00+01", "currency", "'USD'");
    assertThat(row(price, foreign))
        .containsOnly(Map.entry("price_minor", 9900L), Map.entry("currency", "CHF"));
    long given = book("2026-11-20 16:00+01", "price_minor", "1");
    assertThat(row(price, given))
        .containsOnly(Map.entry("price_minor", 1L), Map.entry("currency", "CHF"));
  }

  @Test
  void changeOfTheScheduleWaitsForBookings() throws Exception {
    List<String> changes =
        List.of(
            """
            INSERT INTO time_off (location_id, barber_id, starts_at, ends_at)
            VALUES (%d, %d, now(), now() + interval '1 day')
            """
                .formatted(shop.id(), shop.anna()),
            "DELETE FROM working_hours WHERE barber_id = " + shop.anna(),
            """
            INSERT INTO blackouts (location_id, starts_at, ends_at)
            VALUES (%d, now(), now() + interval '1 day')
            """
                .formatted(shop.id()),
            "INSERT INTO special_days (location_id, local_date) VALUES (%d, '2026-12-25')"
                .formatted(shop.id()));
    for (String change : changes) {
      try (Connection booking = api.connection();
          Statement statement = booking.createStatement();
          ExecutorService executor = Executors.newSingleThreadExecutor()) {
        booking.setAutoCommit(false);
        statement.execute("SELECT FROM locations WHERE id = %d FOR SHARE".formatted(shop.id()));
        statement.execute(
            "SELECT FROM barbers WHERE id = %d FOR NO KEY UPDATE".formatted(shop.anna()));
        Future<Integer> changed =
            executor.submit(() -> api.bean(JdbcClient.class).sql(change).update());
        awaitLockOr(changed);
        assertThat(changed.isDone()).as(change).isFalse();
        booking.commit();
        assertThat(changed.get()).isPositive();
      }
    }
  }

  @Test
  void locationsDoNotMix() {
    Shop other = Shop.open(sql, "Europe/Paris");

    assertRefused(
        () ->
            sql.sql("UPDATE appointments SET barber_id = ? WHERE id = ?")
                .params(other.anna(), book("2026-11-20 10:00+01"))
                .update(),
        "appointments_location_id_barber_id_fkey");
  }

  @Test
  void zonesAreThoseThatAreKnown() {
    for (String zone : List.of("Mars/Olympus", "europe/paris", "CET", "+02:00", "EST5EDT", "")) {
      assertRefused(() -> Shop.open(sql, zone), "time_zone|time zone");
    }
    assertThat(Shop.open(sql, "America/Argentina/Buenos_Aires").id()).isPositive();
    assertThat(Shop.open(sql, "UTC").id()).isPositive();
  }

  @Test
  void everyTenantTableNamesItsLocation() {
    Set<String> without =
        new TreeSet<>(
            sql.sql(
                    """
                    SELECT relname FROM pg_class c
                    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                      AND NOT EXISTS (SELECT FROM pg_attribute
                        WHERE attrelid = c.oid AND attname = 'location_id')
                    """)
                .query(String.class)
                .list());

    assertThat(without)
        .containsExactly(
            "audit_log",
            "cdc_heartbeat",
            "flyway_schema_history",
            "idempotency_keys",
            "locations",
            "user_identities");
  }

  @Test
  void streamCarriesNoPersonalData() {
    List<String> captured =
        sql.sql("SELECT tablename FROM pg_publication_tables WHERE pubname = 'freshcut'")
            .query(String.class)
            .list();
    List<String> columns =
        sql.sql(
                """
                SELECT attname FROM pg_attribute
                WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped
                """)
            .query(String.class)
            .list();

    assertThat(captured).contains("users");
    assertThat(captured)
        .doesNotContain(
            "customers",
            "user_identities",
            "audit_log",
            "appointment_notes",
            "time_off_reasons",
            "blackout_reasons",
            "notification_reply_addresses",
            "notifications",
            "webhooks",
            "webhook_deliveries");
    assertThat(captured)
        .containsAll(
            NotificationTables.ALL.stream().map(table -> table.replace("public.", "")).toList());
    assertThat(columns).doesNotContain("name", "email", "phone", "password_hash");
  }

  /** Whoever adds a text to a captured table says here that nobody is named in it. */
  @Test
  void streamCarriesNoTextButWhatIsPublicOrChosenFromAList() {
    List<String> texts =
        sql.sql(
                """
                SELECT relname || '.' || attname
                FROM pg_publication p JOIN pg_publication_rel ON prpubid = p.oid
                  JOIN pg_class c ON c.oid = prrelid JOIN pg_attribute ON attrelid = prrelid
                WHERE pubname = 'freshcut' AND attnum > 0 AND NOT attisdropped
                  AND atttypid NOT IN ('bigint'::regtype, 'integer'::regtype, 'boolean'::regtype,
                    'smallint'::regtype, 'date'::regtype, 'time'::regtype,
                    'timestamptz'::regtype, 'integer[]'::regtype)
                """)
            .query(String.class)
            .list();

    assertThat(texts)
        .containsExactlyInAnyOrder(
            "locations.name",
            "locations.time_zone",
            "barbers.name",
            "services.name",
            "services.currency",
            "special_days.label",
            "appointments.status",
            "appointments.cancelled_by",
            "appointments.held_as",
            "appointments.currency",
            "payments.kind",
            "payments.method",
            "payments.status",
            "payments.currency",
            "users.role",
            "users.time_zone",
            "users.language",
            "waiting_list.state",
            "notification_preferences.language",
            "notification_preferences.time_zone",
            "notification_preferences.sms_consent_source",
            "notification_preferences.sms_withdrawn_source");
  }

  @Test
  void usersWorkWhereTheirRoleSays() {
    for (String insert :
        List.of(
            "INSERT INTO users (role) VALUES ('barber')",
            "INSERT INTO users (role) VALUES ('owner')",
            "INSERT INTO users (role, location_id) VALUES ('client', %d)".formatted(shop.id()),
            "INSERT INTO users (role, location_id) VALUES ('operator', %d)".formatted(shop.id()))) {
      assertRefused(() -> sql.sql(insert).update(), "users_place");
    }
    assertRefused(() -> sql.sql("INSERT INTO users (role) VALUES ('root')").update(), "role_check");
    assertRefused(
        () ->
            sql.sql("INSERT INTO users (role, location_id, barber_id) VALUES ('barber', ?, ?)")
                .params(shop.id(), Shop.open(sql, "Europe/Paris").anna())
                .update(),
        "users_location_id_barber_id_fkey");
    assertRefused(
        () -> sql.sql("INSERT INTO users (role, time_zone) VALUES ('client', 'x')").update(),
        "time zone");
  }

  @Test
  void barberWhoGoesLeavesHerUser() {
    long carl = Shop.barber(sql, shop.id(), "Carl");
    long user =
        Shop.id(
            sql,
            "INSERT INTO users (role, location_id, barber_id) VALUES ('barber', ?, ?) RETURNING id",
            shop.id(),
            carl);

    sql.sql("DELETE FROM barbers WHERE id = ?").param(carl).update();

    assertThat(row("SELECT location_id, barber_id FROM users WHERE id = ?", user))
        .containsEntry("location_id", shop.id())
        .containsEntry("barber_id", null);
  }

  @Test
  void changeReaderHasTheLeastPrivileges() throws SQLException {
    JdbcClient cdc =
        JdbcClient.create(
            new DriverManagerDataSource(
                ApiFixture.servers().postgres().jdbcUrl(api.database()),
                DatabaseBootstrap.CDC_ROLE,
                "cdc-password"));

    assertThat(cdc.sql("SELECT count(*) FROM appointments").query(Long.class).single())
        .isNotNegative();
    assertThat(
            cdc.sql(
                    """
                    INSERT INTO cdc_heartbeat VALUES (1, clock_timestamp(),
                      pg_current_xact_id()::text::bigint,
                      pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
                    ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at, xid = excluded.xid,
                      horizon = excluded.horizon
                    """)
                .update())
        .isOne();
    for (String forbidden :
        List.of(
            "SELECT * FROM customers",
            "SELECT * FROM user_identities",
            "SELECT * FROM audit_log",
            "DELETE FROM appointments",
            "UPDATE barbers SET active = false",
            "DELETE FROM cdc_heartbeat",
            "TRUNCATE cdc_heartbeat",
            "CREATE TABLE mine (id int)",
            "DROP PUBLICATION freshcut")) {
      assertRefused(() -> cdc.sql(forbidden).update(), "permission denied|must be owner");
    }
    assertThat(
            sql.sql(
                    """
                    SELECT rolreplication AND NOT rolsuper AND NOT rolcreatedb AND NOT rolcreaterole
                    FROM pg_roles WHERE rolname = 'freshcut_cdc'
                    """)
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(
            sql.sql(
                    """
                    SELECT NOT rolsuper AND NOT rolreplication AND NOT rolcreatedb
                    FROM pg_roles WHERE rolname = 'freshcut'
                    """)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void notifierHasTheLeastPrivileges() {
    JdbcClient notifier =
        JdbcClient.create(
            new DriverManagerDataSource(
                ApiFixture.servers().postgres().jdbcUrl(api.database()),
                DatabaseBootstrap.NOTIFY_ROLE,
                "notify-password"));

    assertThat(
            notifier
                .sql("SELECT email FROM notification_recipients WHERE customer_id = ?")
                .param(customer)
                .query(String.class)
                .single())
        .isEqualTo("a@b.example");
    for (String allowed :
        List.of(
            "SELECT a.version, s.name FROM appointments a JOIN services s ON s.id = a.service_id",
            "SELECT w.state, l.time_zone FROM waiting_list w, locations l",
            "SELECT * FROM notification_rules, notification_owners",
            "SELECT sms_consent_at FROM notification_preferences")) {
      assertThatCode(() -> notifier.sql(allowed).query().listOfRows()).doesNotThrowAnyException();
    }
    for (String ledger :
        List.of(
            """
            INSERT INTO notifications (id, location_id, customer_id, kind, channel, state)
            VALUES ('n', %d, %d, 'confirmed', 'email', 'sending')
            """
                .formatted(shop.id(), customer),
            "UPDATE notifications SET state = 'sent', sent_at = now() WHERE id = 'n'")) {
      assertThat(notifier.sql(ledger).update()).isOne();
    }
    for (String allowed :
        List.of(
            "UPDATE webhook_deliveries SET attempts = 2 WHERE id = 'none'",
            "DELETE FROM webhook_deliveries WHERE id = 'none'",
            "DELETE FROM notifications WHERE id = 'none'",
            "UPDATE webhooks SET failures = 5, enabled = false, disabled_at = now(),"
                + " disabled_reason = 'x' WHERE id = 0")) {
      assertThat(notifier.sql(allowed).update()).isZero();
    }
    for (String forbidden :
        List.of(
            "SELECT * FROM customers",
            "SELECT * FROM users",
            "SELECT * FROM user_identities",
            "SELECT * FROM audit_log",
            "SELECT * FROM payments",
            "SELECT * FROM appointment_notes",
            "SELECT held_by FROM appointments",
            "SELECT not_before FROM waiting_list",
            "SELECT sms_consent_source FROM notification_preferences",
            "SELECT description FROM webhooks",
            "SELECT customer_id FROM notifications",
            "UPDATE appointments SET status = 'cancelled'",
            "UPDATE notification_preferences SET sms_consent_at = now()",
            "UPDATE webhooks SET url = 'https://x.example'",
            "UPDATE notifications SET customer_id = 1",
            "UPDATE webhook_deliveries SET webhook_id = 1",
            "DELETE FROM webhooks",
            "INSERT INTO webhooks (location_id) VALUES (1)",
            "CREATE TABLE mine (id int)")) {
      assertRefused(() -> notifier.sql(forbidden).update(), "permission denied");
    }
    assertThat(
            sql.sql(
                    """
                    SELECT rolcanlogin AND NOT rolsuper AND NOT rolreplication AND NOT rolcreatedb
                      AND NOT rolcreaterole AND NOT rolbypassrls
                    FROM pg_roles WHERE rolname = 'freshcut_notify'
                    """)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void bootstrapAsksForPasswordsAndCanBeRepeated() throws SQLException {
    try (Connection superuser = ApiFixture.servers().postgres().connect(api.database());
        Statement statement = superuser.createStatement()) {
      assertThatThrownBy(() -> DatabaseBootstrap.run(superuser, "", "x", "y"))
          .hasMessageContaining("freshcut.app_password");
      assertThatThrownBy(() -> DatabaseBootstrap.run(superuser, "x", "y", ""))
          .hasMessageContaining("freshcut.notify_password");
      DatabaseBootstrap.run(superuser, "app-password", "cdc-password", "notify-password");
      assertThat(statement.execute("SELECT 1")).isTrue();
    }
  }

  private long book(String start) {
    return Shop.id(sql, insert(start));
  }

  private long book(String start, String column, String value) {
    return Shop.id(
        sql,
        insert(start)
            .replace("starts_at)", "starts_at, " + column + ")")
            .replace("'%s')".formatted(start), "'%s', %s)".formatted(start, value)));
  }

  private String insert(String start) {
    return """
    INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at)
    VALUES (%d, %d, %d, %d, '%s') RETURNING id
    """
        .formatted(shop.id(), shop.anna(), shop.cut(), customer, start);
  }

  private void setZone(String zone) {
    sql.sql(zoneChange(zone)).update();
  }

  private String zoneChange(String zone) {
    return "UPDATE locations SET time_zone = '%s' WHERE id = %d".formatted(zone, shop.id());
  }

  /** Until a session waits for another's lock, as it should, or has not waited and is done. */
  private static void awaitLockOr(Future<?> statement) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                statement.isDone()
                    || sql.sql(
                            """
                            SELECT EXISTS (SELECT FROM pg_stat_activity
                              WHERE datname = current_database() AND wait_event_type = 'Lock')
                            """)
                        .query(Boolean.class)
                        .single());
  }

  private static String localDate(long id) {
    return sql.sql("SELECT local_date::text FROM appointments WHERE id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  @Test
  void timeoutsAreThoseOfTheSettings() {
    JdbcClient service = api.bean(JdbcClient.class);

    assertThat(service.sql("SHOW statement_timeout").query(String.class).single()).isEqualTo("30s");
    assertThat(service.sql("SHOW lock_timeout").query(String.class).single()).isEqualTo("30s");
  }

  private static Map<String, Object> row(String query, long id) {
    return sql.sql(query).param(id).query().singleRow();
  }

  private static void assertRefused(ThrowingCallable statement, String reason) {
    assertThatThrownBy(statement).rootCause().message().containsPattern(reason);
  }
}
