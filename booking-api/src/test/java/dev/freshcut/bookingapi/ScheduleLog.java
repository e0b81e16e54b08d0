package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every change of a shop's schedule and appointments in the order in which they came into force,
 * and whether each appointment fitted what was in force before it. The database numbers the changes
 * while whoever makes them holds the lock of the barber or the location that they concern, so that
 * of two that matter to each other the one with the lower number was committed first.
 */
final class ScheduleLog {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final LocalTime OPENS = LocalTime.of(9, 0);
  private static final Duration USUAL = Duration.ofMinutes(30);

  private final JdbcClient sql;
  private final Shop shop;
  private final Map<Long, JsonNode> timeOff = new HashMap<>();
  private final Map<Long, JsonNode> blackouts = new HashMap<>();
  private final Map<Long, JsonNode> terms = new HashMap<>();
  private final Map<String, LocalTime> closes = new HashMap<>();

  ScheduleLog(JdbcClient sql, Shop shop) {
    this.sql = sql;
    this.shop = shop;
  }

  /**
   * What was seen, so that a test can tell that there was something.
   *
   * @param blackouts those after which an appointment was still written
   */
  record Counts(int booked, int moved, int changes, int blackouts) {}

  private record Change(long number, String table, JsonNode before, JsonNode row) {}

  /** Notes what happens from now on. */
  void start() {
    for (String statement :
        List.of(
            """
            CREATE TABLE schedule_log (number bigint GENERATED ALWAYS AS IDENTITY, changed text,
              before jsonb, after jsonb)
            """,
            """
            CREATE FUNCTION schedule_log() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              INSERT INTO schedule_log (changed, before, after)
                VALUES (TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));
              RETURN NULL;
            END
            $$
            """)) {
      sql.sql(statement).update();
    }
    for (String table :
        List.of("appointments", "time_off", "blackouts", "barber_services", "working_hours")) {
      sql.sql(
              """
              CREATE TRIGGER schedule_log AFTER INSERT OR UPDATE OR DELETE ON %s
                FOR EACH ROW EXECUTE FUNCTION schedule_log()
              """
                  .formatted(table))
          .update();
    }
  }

  /** Fails if an appointment did not fit. */
  Counts check(String about) {
    int booked = 0;
    int moved = 0;
    int changes = 0;
    int closings = 0;
    int latest = 0;
    for (Change change : changes()) {
      if (change.table().equals("appointments")) {
        closings += latest;
        latest = 0;
      } else if (change.table().equals("blackouts") && change.before().isNull()) {
        latest++;
      }
      if (!change.table().equals("appointments")) {
        apply(change);
        changes++;
      } else if (change.before().isNull()) {
        long barber = change.row().path("barber_id").asLong();
        assertThat(length(change.row())).as("%s: %s", about, change).isEqualTo(length(barber));
        assertFits(change, true, about);
        booked++;
      } else if (isMoved(change.before(), change.row())) {
        boolean toAnother =
            !change.before().path("barber_id").equals(change.row().path("barber_id"));
        assertThat(length(change.row()))
            .as("%s: %s", about, change)
            .isEqualTo(length(change.before()));
        assertFits(change, toAnother, about);
        moved++;
      }
    }
    return new Counts(booked, moved, changes, closings);
  }

  private List<Change> changes() {
    return sql.sql("SELECT * FROM schedule_log ORDER BY number")
        .query(
            (row, n) -> {
              String before = row.getString("before");
              String after = row.getString("after");
              return new Change(
                  row.getLong("number"),
                  row.getString("changed"),
                  JSON.readTree(before == null ? "null" : before),
                  JSON.readTree(after == null ? "null" : after));
            })
        .list();
  }

  private void apply(Change change) {
    JsonNode row = change.row().isNull() ? change.before() : change.row();
    switch (change.table()) {
      case "time_off" -> put(timeOff, row, change.row());
      case "blackouts" -> put(blackouts, row, change.row());
      case "barber_services" -> terms.put(row.path("barber_id").asLong(), row);
      default ->
          closes.put(
              row.path("barber_id").asLong() + " " + row.path("weekday").asInt(),
              LocalTime.parse(row.path("closes_at").asString()));
    }
  }

  private static void put(Map<Long, JsonNode> rows, JsonNode row, JsonNode now) {
    if (now.isNull()) {
      rows.remove(row.path("id").asLong());
    } else {
      rows.put(row.path("id").asLong(), now);
    }
  }

  private static boolean isMoved(JsonNode before, JsonNode after) {
    return !before.path("starts_at").equals(after.path("starts_at"))
        || !before.path("barber_id").equals(after.path("barber_id"));
  }

  private void assertFits(Change change, boolean mustBeOffered, String about) {
    JsonNode row = change.row();
    long barber = row.path("barber_id").asLong();
    ZonedDateTime from = at(row, "starts_at").atZone(shop.zone());
    ZonedDateTime until = at(row, "ends_at").atZone(shop.zone());
    String what = about + ": " + change;
    assertThat(from.toLocalTime()).as(what).isAfterOrEqualTo(OPENS);
    assertThat(until.toLocalTime())
        .as(what)
        .isBeforeOrEqualTo(
            closes.getOrDefault(
                barber + " " + from.getDayOfWeek().getValue(), LocalTime.of(17, 0)));
    assertThat(timeOff.values())
        .as(what)
        .noneMatch(each -> each.path("barber_id").asLong() == barber && overlap(each, row));
    assertThat(blackouts.values()).as(what).noneMatch(each -> overlap(each, row));
    JsonNode own = terms.get(barber);
    assertThat(!mustBeOffered || own == null || own.path("offered").asBoolean()).as(what).isTrue();
  }

  private Duration length(long barber) {
    JsonNode own = terms.get(barber);
    return own == null ? USUAL : Duration.ofMinutes(own.path("duration_minutes").asLong());
  }

  private static Duration length(JsonNode appointment) {
    return Duration.between(at(appointment, "starts_at"), at(appointment, "ends_at"));
  }

  private static boolean overlap(JsonNode one, JsonNode other) {
    return at(one, "starts_at").isBefore(at(other, "ends_at"))
        && at(other, "starts_at").isBefore(at(one, "ends_at"));
  }

  private static Instant at(JsonNode row, String column) {
    return OffsetDateTime.parse(row.path(column).asString()).toInstant();
  }
}
