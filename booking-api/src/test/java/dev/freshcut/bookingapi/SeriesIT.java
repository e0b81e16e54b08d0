package dev.freshcut.bookingapi;

import static dev.freshcut.bookingapi.AppointmentsIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SeriesIT {
  private static final String SERIES = "/api/v1/series";
  private static final String APPOINTMENTS = "/api/v1/appointments";
  private static ApiFixture api;
  private Shop shop;
  private LocalDate first;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    api.sql()
        .sql("UPDATE booking_settings SET horizon_days = 730 WHERE location_id = ?")
        .param(shop.id())
        .update();
    first = shop.day(3);
  }

  @Test
  void occurrencesAreAppointmentsOfOneWeekdayAndTime() {
    Reply made = api.post(SERIES, body("\"everyWeeks\": 2, \"count\": 4"));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    JsonNode series = made.json();
    assertThat(series.path("weekday").asInt()).isEqualTo(first.getDayOfWeek().getValue());
    assertThat(series.path("lastDate").asString()).isEqualTo(first.plusWeeks(6).toString());
    assertThat(dates(series))
        .containsExactly(day(0), day(2), day(4), day(6))
        .isEqualTo(appointmentDates(series));
    for (JsonNode each : series.path("occurrences")) {
      JsonNode alone = api.get(APPOINTMENTS + "/" + each.at("/appointment/id").asLong()).json();
      assertThat(alone).isEqualTo(each.path("appointment"));
      assertThat(alone.path("seriesId").asLong()).isEqualTo(series.path("id").asLong());
      assertThat(alone.path("status").asString()).isEqualTo("confirmed");
      assertThat(alone.path("startsAt").asString()).contains("T10:00:00");
    }
    assertThat(api.get(made.header("Location")).json()).isEqualTo(series);
    assertThat(api.get(made.header("Location")).header("ETag")).isEqualTo(made.header("ETag"));
  }

  @Test
  void untilIsTheLastDateThatMayBe() {
    assertThat(dates(make("\"until\": \"%s\"".formatted(first.plusWeeks(2)))))
        .containsExactly(day(0), day(1), day(2));
    assertThat(
            dates(
                made(
                    body("\"until\": \"%s\"".formatted(first.plusWeeks(2).minusDays(1)))
                        .replace("10:00", "12:00"))))
        .containsExactly(day(0), day(1));
  }

  /** Both of the clock's changes are within a year of any day. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wallTimeStaysWhenTheClockChanges(boolean gap) {
    ZoneOffsetTransition change = nextChange(gap);
    LocalDate before = change.getDateTimeBefore().toLocalDate().minusWeeks(1);

    JsonNode series = made(body("\"count\": 3").replace(first.toString(), before.toString()));

    List<OffsetDateTime> starts =
        series
            .path("occurrences")
            .valueStream()
            .map(each -> OffsetDateTime.parse(each.at("/appointment/startsAt").asString()))
            .toList();
    assertThat(starts)
        .extracting(OffsetDateTime::toLocalDateTime)
        .containsExactlyElementsOf(
            IntStream.range(0, 3).mapToObj(n -> before.plusWeeks(n).atTime(10, 0)).toList());
    assertThat(starts.getFirst().getOffset()).isNotEqualTo(starts.getLast().getOffset());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void timeThatTheClockJumpsOverIsTheJumpAndOfTwoTheFirst(boolean gap) {
    api.sql()
        .sql("UPDATE working_hours SET opens_at = '00:00', closes_at = '24:00' WHERE barber_id = ?")
        .param(shop.anna())
        .update();
    ZoneOffsetTransition change = nextChange(gap);
    LocalDateTime local = change.getDateTimeBefore().toLocalDate().atTime(2, 30);
    Instant expected = gap ? change.getInstant() : local.toInstant(change.getOffsetBefore());

    JsonNode series =
        made(
            body("\"count\": 2")
                .replace(first.toString(), local.toLocalDate().minusWeeks(1).toString())
                .replace("10:00", "02:30"));

    JsonNode occurrence = series.at("/occurrences/1");
    assertThat(occurrence.path("date").asString()).isEqualTo(local.toLocalDate().toString());
    assertThat(OffsetDateTime.parse(occurrence.at("/appointment/startsAt").asString()).toInstant())
        .isEqualTo(expected);
    assertThat(series.path("time").asString()).isEqualTo("02:30");
  }

  private ZoneOffsetTransition nextChange(boolean gap) {
    Instant from = Instant.now(Clock.systemUTC()).plusSeconds(14 * 86_400);
    ZoneOffsetTransition change =
        Objects.requireNonNull(shop.zone().getRules().nextTransition(from));
    return change.isGap() == gap
        ? change
        : Objects.requireNonNull(shop.zone().getRules().nextTransition(change.getInstant()));
  }

  @Test
  void datesWithoutRoomRefuseTheWhole() {
    book(first.plusWeeks(1), "10:15");
    close(first.plusWeeks(3));

    Reply refused = api.post(SERIES, body("\"count\": 5"));

    assertProblem(refused, 409, "series-conflict");
    JsonNode conflicts = refused.json().path("conflicts");
    assertThat(conflicts.valueStream().map(c -> c.path("date").asString()))
        .containsExactly(day(1), day(3));
    assertThat(conflicts.valueStream().map(c -> c.path("code").asString()))
        .containsExactly("slot-taken", "outside-working-hours");
    assertThat(conflicts.at("/0/startsAt").asString()).isEqualTo(at(first.plusWeeks(1), "10:00"));
    assertThat(
            conflicts.at("/0/alternatives").valueStream().map(a -> a.path("startsAt").asString()))
        .hasSize(5)
        .contains(at(first.plusWeeks(1), "09:30"), at(first.plusWeeks(1), "11:00"))
        .allMatch(start -> start.startsWith(day(1)));
    assertThat(conflicts.at("/1/alternatives").size()).isZero();
    assertThat(booked()).isOne();
  }

  @Test
  void datesWithoutRoomAreSkippedIfWanted() {
    book(first.plusWeeks(1), "10:15");

    JsonNode series = make("\"count\": 3, \"onConflict\": \"skip\"");

    assertThat(dates(series)).containsExactly(day(0), day(1), day(2));
    assertThat(states(series)).containsExactly("booked", "skipped", "booked");
    assertThat(series.at("/occurrences/1/reason").asString()).isEqualTo("slot-taken");
    assertThat(series.at("/occurrences/1").has("appointment")).isFalse();
    assertThat(booked()).isEqualTo(3);
  }

  @Test
  void nothingToBookIsAConflictAlsoIfDatesMayBeSkipped() {
    close(first);

    assertProblem(
        api.post(SERIES, body("\"count\": 1, \"onConflict\": \"skip\"")), 409, "series-conflict");
  }

  @Test
  void whatNoDateWouldMendIsARefusal() {
    assertProblem(
        api.post(SERIES, body("\"count\": 2").replace(first.toString(), shop.day(-2).toString())),
        422,
        "too-short-notice");
    assertProblem(
        api.post(SERIES, body("\"everyWeeks\": 12, \"count\": 10")), 422, "beyond-horizon");
    assertProblem(
        api.post(
            SERIES,
            body("\"count\": 2").replace("\"barberId\": " + shop.anna(), "\"barberId\": 999999")),
        404,
        "barber-not-found");
    assertThat(booked()).isZero();
  }

  @Test
  void withoutABarberWhoeverIsFreeDoesIt() {
    book(first.plusWeeks(1), "10:15");

    JsonNode series = made(body("\"count\": 2").replace("\"barberId\": " + shop.anna() + ",", ""));

    assertThat(series.has("barberId")).isFalse();
    assertThat(series.at("/occurrences/0/appointment/barberId").asLong()).isEqualTo(shop.anna());
    assertThat(series.at("/occurrences/1/appointment/barberId").asLong()).isEqualTo(shop.ben());
  }

  @Test
  void cancelledOneIsSkippedAndMovedOneStays() {
    JsonNode series = make("\"count\": 3");
    String moved = APPOINTMENTS + "/" + appointment(series, 1);

    api.post(APPOINTMENTS + "/" + appointment(series, 0) + "/cancel", "");
    Reply move =
        api.post(
            moved + "/move",
            "{\"startsAt\": \"%s\"}".formatted(shop.at(first.plusDays(8), "15:00")));

    assertThat(move.status()).as(move.toString()).isEqualTo(200);
    Reply now = read(series);
    assertThat(dates(now.json())).containsExactly(day(0), day(1), day(2));
    assertThat(states(now.json())).containsExactly("skipped", "booked", "booked");
    assertThat(now.json().at("/occurrences/1/appointment/date").asString())
        .isEqualTo(first.plusDays(8).toString());
    assertThat(now.json().at("/occurrences/1/appointment")).isEqualTo(api.get(moved).json());
  }

  @Test
  void entityTagChangesWithTheAppointments() {
    JsonNode series = make("\"count\": 3");
    String tag = read(series).header("ETag");
    long version = read(series).json().path("version").asLong();
    assertThat(api.get(path(series), "If-None-Match", tag).status()).isEqualTo(304);

    api.sql()
        .sql("UPDATE appointments SET status = 'cancelled' WHERE id = ?")
        .param(appointment(series, 1))
        .update();

    assertThat(api.get(path(series), "If-None-Match", tag).status()).isEqualTo(200);
    assertThat(read(series).json().path("version").asLong()).isGreaterThan(version);
    assertProblem(
        api.post(path(series) + "/cancel", "{}", "If-Match", tag), 412, "precondition-failed");
    assertProblem(
        api.post(path(series) + "/extend", "{\"count\": 1}", "If-Match", tag),
        412,
        "precondition-failed");
    tag = read(series).header("ETag");
    assertThat(api.post(path(series) + "/extend", "{\"count\": 1}", "If-Match", tag).status())
        .isEqualTo(200);
    api.sql().sql("DELETE FROM appointments WHERE id = ?").param(appointment(series, 2)).update();
    assertThat(api.get(path(series), "If-None-Match", tag).status()).isEqualTo(200);
  }

  @Test
  void cancelledFromADateOn() {
    JsonNode series = make("\"count\": 4");

    Reply cancelled = api.post(path(series) + "/cancel", "{\"from\": \"%s\"}".formatted(day(2)));

    assertThat(cancelled.status()).as(cancelled.toString()).isEqualTo(200);
    assertThat(states(cancelled.json())).containsExactly("booked", "booked", "skipped", "skipped");
    assertThat(cancelled.json().path("cancelledFrom").asString()).isEqualTo(day(2));
    assertThat(cancelled.json().at("/occurrences/2/appointment/cancelledBy").asString())
        .isEqualTo("operator");
    assertThat(api.get(shop.slots(first.plusWeeks(2), shop.anna())).response().body())
        .contains(at(first.plusWeeks(2), "10:00"));
    Reply again = api.post(path(series) + "/cancel", "{\"from\": \"%s\"}".formatted(day(3)));
    assertThat(again.json()).isEqualTo(cancelled.json());
    assertProblem(api.post(path(series) + "/extend", "{\"count\": 1}"), 409, "series-cancelled");
    assertThat(states(api.post(path(series) + "/cancel", "{}").json())).containsOnly("skipped");
  }

  @Test
  void cannotBeCancelledFromLongAfterItsEnd() {
    JsonNode series = make("\"everyWeeks\": 2, \"count\": 2");

    for (String from : List.of(first.plusWeeks(4).plusDays(1).toString(), "+999999999-12-31")) {
      Reply refused = api.post(path(series) + "/cancel", "{\"from\": \"%s\"}".formatted(from));
      assertProblem(refused, 400, "invalid-request");
      assertThat(refused.errorFields()).containsExactly("from");
    }
    assertThat(read(series).json()).isEqualTo(series);
    Reply ended = api.post(path(series) + "/cancel", "{\"from\": \"%s\"}".formatted(day(4)));
    assertThat(states(ended.json())).containsOnly("booked");
    assertThat(ended.json().path("cancelledFrom").asString()).isEqualTo(day(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"from\": \"2020-01-01\"}"})
  void cancelledFromBeforeItsBeginningIsCancelledFromThere(String body) {
    JsonNode cancelled = api.post(path(make("\"count\": 2")) + "/cancel", body).json();

    assertThat(states(cancelled)).containsOnly("skipped");
    assertThat(cancelled.path("cancelledFrom").asString()).isEqualTo(day(0));
  }

  /** Nor do they hold anybody up. */
  @Test
  void strangersWaitForNobodysSeries() throws Exception {
    JsonNode series = make("\"count\": 2");
    TestUser stranger = TestUser.client(api);
    try (Connection busy = api.connection();
        Statement statement = busy.createStatement()) {
      busy.setAutoCommit(false);
      statement.execute(
          "SELECT FROM appointments WHERE series_id = %d FOR UPDATE"
              .formatted(series.path("id").asLong()));

      assertProblem(stranger.post(path(series) + "/cancel", "{}"), 404, "series-not-found");
      busy.rollback();
    }
  }

  @Test
  void goesOnAfterItsLastDate() {
    JsonNode series = make("\"everyWeeks\": 2, \"count\": 2");
    close(first.plusWeeks(6));

    assertProblem(api.post(path(series) + "/extend", "{\"count\": 2}"), 409, "series-conflict");
    Reply more = api.post(path(series) + "/extend", "{\"count\": 2, \"onConflict\": \"skip\"}");

    assertThat(more.status()).as(more.toString()).isEqualTo(200);
    assertThat(dates(more.json())).containsExactly(day(0), day(2), day(4), day(6));
    assertThat(states(more.json())).containsExactly("booked", "booked", "booked", "skipped");
    assertThat(more.json().path("lastDate").asString()).isEqualTo(day(6));
  }

  @Test
  void clientHasHerOwn() {
    TestUser client = TestUser.client(api);
    TestUser other = TestUser.client(api);
    Shop elsewhere = Shop.open(api.sql(), "Europe/Paris");
    Reply made = client.post(SERIES, clientBody("\"count\": 2"));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    String path = made.header("Location");

    for (TestUser stranger :
        List.of(other, TestUser.owner(api, elsewhere), TestUser.barber(api, elsewhere))) {
      assertProblem(stranger.get(path), 404, "series-not-found");
      assertProblem(stranger.post(path + "/cancel", "{}"), 404, "series-not-found");
      assertProblem(stranger.post(path + "/extend", "{\"count\": 1}"), 404, "series-not-found");
      assertThat(stranger.get(SERIES).json().path("items").size()).isZero();
    }
    assertThat(client.get(path).json()).isEqualTo(made.json());
    assertThat(client.get(SERIES).json().path("items").size()).isOne();
    assertThat(TestUser.barber(api, shop).get(path).status()).isEqualTo(200);
    assertProblem(client.post(SERIES, body("\"count\": 2")), 400, "invalid-request");
    assertProblem(api.post(SERIES, clientBody("\"count\": 2")), 400, "invalid-request");
    assertProblem(
        TestUser.owner(api, elsewhere).post(SERIES, body("\"count\": 2")), 403, "forbidden");
    assertProblem(
        TestUser.owner(api, elsewhere).get(SERIES + "?location=" + shop.id()),
        404,
        "location-not-found");
  }

  @Test
  void clientsKeepToTheCancellationWindow() {
    TestUser client = TestUser.client(api);
    Reply made = client.post(SERIES, clientBody("\"count\": 3"));
    api.sql()
        .sql("UPDATE booking_settings SET cancellation_window_minutes = 5760 WHERE location_id = ?")
        .param(shop.id())
        .update();
    String cancel = made.header("Location") + "/cancel";

    assertProblem(client.post(cancel, "{}"), 409, "too-late-to-change");
    assertThat(states(client.get(made.header("Location")).json())).containsOnly("booked");
    Reply later = client.post(cancel, "{\"from\": \"%s\"}".formatted(day(1)));
    assertThat(states(later.json())).containsExactly("booked", "skipped", "skipped");
    assertThat(later.json().at("/occurrences/1/appointment/cancelledBy").asString())
        .isEqualTo("client");
    assertThat(states(TestUser.barber(api, shop).post(cancel, "{}").json()))
        .containsOnly("skipped");
  }

  @Test
  void repeatedRequestMakesOneSeries() {
    String body = body("\"count\": 2");

    Reply one = api.post(SERIES, body, "Idempotency-Key", "series-" + shop.id());
    Reply two = api.post(SERIES, body, "Idempotency-Key", "series-" + shop.id());

    assertThat(one.status()).isEqualTo(201);
    assertThat(two.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(two.json()).isEqualTo(one.json());
    assertThat(booked()).isEqualTo(2);
  }

  @Test
  void staffsDeedsAreWrittenDown() {
    JsonNode series = make("\"count\": 2");
    api.post(path(series) + "/cancel", "{}");

    assertThat(
            api.sql()
                .sql("SELECT action FROM audit_log WHERE target = ? ORDER BY id")
                .param("series:" + series.path("id").asLong())
                .query(String.class)
                .list())
        .containsExactly("series.create", "series.cancel");
  }

  @Test
  void listComesPageByPage() {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(
          made(body("\"count\": 1").replace("10:00", "1%d:00".formatted(i))).path("id").asLong());
    }
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      Reply page = api.get(SERIES + "?limit=2&location=" + shop.id() + cursor);
      page.json().path("items").forEach(item -> seen.add(item.path("id").asLong()));
      cursor =
          page.json().has("nextCursor")
              ? "&cursor=" + page.json().path("nextCursor").asString()
              : "";
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(ids);
    assertProblem(api.get(SERIES), 400, "invalid-request");
  }

  /** Each wants the same times of the same barber: one gets all of them, the other none. */
  @Test
  void seriesThatRaceDoNotShare() throws Exception {
    List<Callable<Reply>> wishes =
        IntStream.range(0, 6)
            .<Callable<Reply>>mapToObj(n -> () -> api.post(SERIES, body("\"count\": 6")))
            .toList();
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Reply> each : executor.invokeAll(wishes)) {
        replies.add(each.get());
      }
    }

    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 201)
        .allSatisfy(
            reply -> {
              assertProblem(reply, 409, "series-conflict");
              assertThat(reply.json().path("conflicts").size()).isEqualTo(6);
            });
    assertThat(booked()).isEqualTo(6);
  }

  static Stream<Arguments> badMembers() {
    return Stream.of(
        arguments("", "count"),
        arguments("\"count\": 2, \"until\": \"2030-01-01\"", "count"),
        arguments("\"count\": 0", "count"),
        arguments("\"count\": 53", "count"),
        arguments("\"count\": 2.5", "count"),
        arguments("\"until\": \"2025-01-01\"", "until"),
        arguments("\"until\": \"2199-12-31\"", "until"),
        arguments("\"until\": \"+999999999-01-01\"", "until"),
        arguments("\"until\": [2030, 1, 1]", "until"),
        arguments("\"until\": 20000", "until"),
        arguments("\"count\": 2, \"everyWeeks\": 0", "everyWeeks"),
        arguments("\"count\": 2, \"everyWeeks\": 13", "everyWeeks"),
        arguments("\"count\": 2, \"onConflict\": \"maybe\"", "onConflict"),
        arguments("\"count\": 2, \"onConflict\": 1", "onConflict"),
        arguments("\"count\": 2, \"weekday\": 1", "weekday"),
        arguments("\"count\": 2, \"note\": \" \"", "note"));
  }

  @ParameterizedTest
  @MethodSource("badMembers")
  void badMember(String members, String field) {
    Reply reply = api.post(SERIES, body(members));

    assertProblem(reply, 400, "invalid-request");
    assertThat(reply.errorFields()).containsOnly(field);
    assertThat(booked()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"24:00", "9:30", "09:30:00", "noon", ""})
  void badTime(String time) {
    Reply reply = api.post(SERIES, body("\"count\": 2").replace("10:00", time));

    assertProblem(reply, 400, "invalid-request");
    assertThat(reply.errorFields()).containsOnly("time");
  }

  private String body(String members) {
    return """
    {"locationId": %d, "barberId": %d, "serviceId": %d, "firstDate": "%s", "time": "10:00",
     "customer": {"name": "Zoë", "email": "zoe@example.org"}%s}
    """
        .formatted(
            shop.id(), shop.anna(), shop.cut(), first, members.isEmpty() ? "" : ", " + members);
  }

  /** As answers have it. */
  private String at(LocalDate date, String time) {
    return shop.at(date, time).replace("T" + time, "T" + time + ":00");
  }

  private String clientBody(String members) {
    return body(members).replaceFirst("(?s)\"customer\": \\{[^}]*}, ", "");
  }

  private JsonNode make(String members) {
    return made(body(members));
  }

  private static JsonNode made(String body) {
    Reply made = api.post(SERIES, body);
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    return made.json();
  }

  private static String path(JsonNode series) {
    return SERIES + "/" + series.path("id").asLong();
  }

  private static Reply read(JsonNode series) {
    return api.get(path(series));
  }

  private static long appointment(JsonNode series, int n) {
    return series.at("/occurrences/" + n + "/appointment/id").asLong();
  }

  private String day(int weeks) {
    return first.plusWeeks(weeks).toString();
  }

  private static List<String> dates(JsonNode series) {
    return series.path("occurrences").valueStream().map(o -> o.path("date").asString()).toList();
  }

  private static List<String> appointmentDates(JsonNode series) {
    return series
        .path("occurrences")
        .valueStream()
        .map(each -> each.at("/appointment/date").asString())
        .toList();
  }

  private static List<String> states(JsonNode series) {
    return series.path("occurrences").valueStream().map(o -> o.path("state").asString()).toList();
  }

  private void book(LocalDate date, String time) {
    Reply made = api.post(APPOINTMENTS, shop.booking(shop.anna(), date, time));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
  }

  private void close(LocalDate date) {
    api.sql()
        .sql("INSERT INTO special_days (location_id, local_date) VALUES (?, ?)")
        .params(shop.id(), date)
        .update();
  }

  private long booked() {
    return api.sql()
        .sql("SELECT count(*) FROM appointments WHERE location_id = ?")
        .param(shop.id())
        .query(Long.class)
        .single();
  }
}
