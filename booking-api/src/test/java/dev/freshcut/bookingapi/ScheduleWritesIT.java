package dev.freshcut.bookingapi;

import static dev.freshcut.bookingapi.AppointmentsIT.assertProblem;
import static dev.freshcut.bookingapi.CatalogIT.assertFollows;
import static dev.freshcut.bookingapi.CatalogIT.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.freshcut.bookingapi.security.Role;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hours, special days, absences and settings are changed by those whose they are. */
class ScheduleWritesIT {
  private static ApiFixture api;
  private Shop shop;
  private Shop elsewhere;
  private TestUser owner;
  private LocalDate day;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    elsewhere = Shop.open(api.sql(), "America/New_York");
    owner = TestUser.owner(api, shop);
    day = shop.day(3);
  }

  @Test
  void barbersWeekIsReplacedAndSaysWhatHasNoRoomAnyMore() {
    Reply early = api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "09:00"));
    api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "13:00"));
    Reply seen = owner.get(availability());

    Reply put =
        assertFollows(
            api,
            shop.slots(day, shop.anna()),
            shop.slots(day, shop.ben()),
            () ->
                send(
                    owner,
                    "PUT",
                    availability(),
                    week("\"12:00\"", "\"24:00\""),
                    "If-Match",
                    seen.header("ETag")));

    assertThat(put.status()).as(put.toString()).isEqualTo(200);
    assertThat(put.json().at("/conflicts/count").asInt()).isEqualTo(1);
    assertThat(put.json().at("/conflicts/first/0/appointmentId"))
        .isEqualTo(early.json().path("id"));
    assertThat(put.json().at("/conflicts/first/0/date").asString()).isEqualTo(day.toString());
    Reply now = owner.get(availability());
    assertThat(now.json().path("days")).isEqualTo(put.json().path("days"));
    assertThat(now.header("ETag")).isEqualTo(put.header("ETag")).isNotEqualTo(seen.header("ETag"));
    assertProblem(
        send(
            owner,
            "PUT",
            availability(),
            week("\"10:00\"", "\"11:00\""),
            "If-Match",
            seen.header("ETag")),
        412,
        "precondition-failed");
    assertThat(actions("barber:" + shop.anna())).containsExactly("working-hours.put");
  }

  /** The location is locked while it is searched, so only what a change touches is. */
  @Test
  void answersSayWhatTheirOwnDatesHaveNoRoomFor() {
    LocalDate other = day.plusDays(1);
    for (LocalDate date : List.of(day, other)) {
      api.post("/api/v1/appointments", shop.booking(shop.anna(), date, "10:00"));
      api.post("/api/v1/appointments", shop.booking(shop.ben(), date, "10:00"));
    }
    Reply first = owner.post(path("/blackouts"), absence(other, "09:00", "12:00"));
    assertThat(first.json().at("/conflicts/count").asInt()).as("of that date").isEqualTo(2);

    Reply special = send(owner, "PUT", path("/special-days/" + day), "{\"hours\": []}");
    assertThat(dates(special)).containsExactly(day.toString(), day.toString());
    assertThat(
            dates(
                owner.post(
                    timeOff(shop.anna()),
                    "{\"startsAt\": \"%s\", \"endsAt\": \"%s\"}"
                        .formatted(shop.at(day, "08:00"), shop.at(other, "00:00")))))
        .as("until midnight is not the next date")
        .containsExactly(day.toString());
    assertThat(
            dates(
                owner.post(
                    timeOff(shop.anna()),
                    "{\"startsAt\": \"%s\", \"endsAt\": \"%s\"}"
                        .formatted(shop.at(day, "08:00"), shop.at(other, "09:00")))))
        .containsExactly(day.toString(), other.toString());
    assertThat(
            dates(
                send(
                    owner,
                    "PUT",
                    availability(),
                    week("\"09:00\"", "\"17:00\"")
                        .replace(
                            "{\"weekday\": \"%s\", \"hours\": [{\"opensAt\": \"09:00\""
                                .formatted(other.getDayOfWeek()),
                            "{\"weekday\": \"%s\", \"hours\": [{\"opensAt\": \"12:00\""
                                .formatted(other.getDayOfWeek())))))
        .containsExactly(other.toString());
    assertThat(dates(send(owner, "PUT", path("/special-days/2199-12-31"), "{\"hours\": []}")))
        .isEmpty();
  }

  @Test
  void sameWeekAgainTouchesNoRow() {
    send(owner, "PUT", availability(), week("\"10:00\"", "\"18:00\""));
    String rows = rows("working_hours");
    api.get(shop.slots(day, shop.anna()));

    Reply again = send(owner, "PUT", availability(), week("\"10:00\"", "\"18:00\""));

    assertThat(again.status()).as(again.toString()).isEqualTo(200);
    assertThat(rows("working_hours")).isEqualTo(rows);
    assertThat(api.get(shop.slots(day, shop.anna())).isHit()).isTrue();
  }

  @Test
  void emptyWeekIsNoHours() {
    Reply put = send(owner, "PUT", availability(), "{\"days\": []}");

    assertThat(put.json().path("days")).hasSize(7);
    assertThat(api.get(shop.slots(day, shop.anna())).json().path("slots")).isEmpty();
    assertThat(put.json().at("/conflicts/count").asInt()).isZero();
  }

  static Stream<Arguments> weeksThatAreNone() {
    return Stream.of(
        arguments("{}", "days"),
        arguments("{\"days\": [null]}", "days[0]"),
        arguments("{\"days\": [{\"weekday\": \"MONDAY\"}]}", "days[0].hours"),
        arguments("{\"days\": [{\"hours\": []}]}", "days[0].weekday"),
        arguments(
            monday("[{\"opensAt\": \"9:00\", \"closesAt\": \"12:00\"}]"),
            "days[0].hours[0].opensAt"),
        arguments(
            monday("[{\"opensAt\": \"24:00\", \"closesAt\": \"24:00\"}]"),
            "days[0].hours[0].opensAt"),
        arguments(
            monday("[{\"opensAt\": \"09:00\", \"closesAt\": \"24:01\"}]"),
            "days[0].hours[0].closesAt"),
        arguments(monday("[{\"opensAt\": \"09:00\"}]"), "days[0].hours[0].closesAt"),
        arguments(
            monday("[{\"opensAt\": \"12:00\", \"closesAt\": \"12:00\"}]"),
            "days[0].hours[0].closesAt"),
        arguments(
            monday(
                "[{\"opensAt\": \"09:00\", \"closesAt\": \"12:00\"}, {\"opensAt\": \"11:59\", \"closesAt\": \"13:00\"}]"),
            "days[0].hours[1]"),
        arguments(
            "{\"days\": [{\"weekday\": \"MONDAY\", \"hours\": []}, {\"weekday\": \"MONDAY\", \"hours\": []}]}",
            "days[1].weekday"));
  }

  @ParameterizedTest
  @MethodSource("weeksThatAreNone")
  void weeksAreInOrder(String body, String field) {
    for (String path : List.of(availability(), path("/business-hours"))) {
      Reply reply = send(owner, "PUT", path, body);

      assertProblem(reply, 400, "invalid-request");
      assertThat(reply.errorFields()).as(reply.toString()).containsExactly(field);
    }
  }

  @Test
  void businessHoursAreReplaced() {
    Reply put =
        assertFollows(
            api,
            path("/business-hours"),
            "/api/v1/locations/%d/business-hours".formatted(elsewhere.id()),
            () ->
                send(
                    owner,
                    "PUT",
                    path("/business-hours"),
                    monday(
                        "[{\"opensAt\": \"09:00\", \"closesAt\": \"12:00\"}, {\"opensAt\": \"12:00\", \"closesAt\": \"24:00\"}]")));

    assertThat(put.status()).as(put.toString()).isEqualTo(200);
    Reply now = api.get(path("/business-hours"));
    assertThat(now.json()).isEqualTo(put.json());
    assertThat(now.header("ETag")).isEqualTo(put.header("ETag"));
    send(owner, "PUT", path("/special-days/" + day), "{\"hours\": []}");
    assertProblem(
        send(
            owner,
            "PUT",
            path("/business-hours"),
            "{\"days\": []}",
            "If-Match",
            put.header("ETag")),
        412,
        "precondition-failed");
    assertThat(
            send(
                    owner,
                    "PUT",
                    path("/business-hours"),
                    "{\"days\": []}",
                    "If-Match",
                    api.get(path("/business-hours")).header("ETag"))
                .status())
        .isEqualTo(200);
    assertThat(put.json().at("/days/0/hours/1/closesAt").asString()).isEqualTo("24:00");
    assertThat(put.json().at("/days/1/hours")).isEmpty();
    assertProblem(
        send(
            owner,
            "PUT",
            "/api/v1/locations/%d/business-hours".formatted(elsewhere.id()),
            "{\"days\": []}"),
        404,
        "location-not-found");
  }

  @Test
  void specialDayIsSetReplacedAndTakenAway() {
    api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "10:00"));
    String path = path("/special-days/" + day);

    Reply closed =
        assertFollows(
            api,
            shop.slots(day, shop.anna()),
            shop.slots(day.plusDays(1), shop.anna()),
            () -> send(owner, "PUT", path, "{\"hours\": [], \"label\": \"Market\"}"));
    assertThat(closed.status()).as(closed.toString()).isEqualTo(200);
    assertThat(closed.json().at("/conflicts/count").asInt()).isEqualTo(1);
    assertThat(api.get(path("/business-hours")).json().at("/specialDays/0/label").asString())
        .isEqualTo("Market");

    Reply shorter =
        send(
            owner, "PUT", path, "{\"hours\": [{\"opensAt\": \"10:00\", \"closesAt\": \"12:00\"}]}");
    assertThat(shorter.json().at("/conflicts/count").asInt()).isZero();
    assertThat(shorter.json().has("label")).isFalse();
    Reply list = owner.get(path("/special-days"));
    assertThat(list.json().at("/items/0/hours/0/closesAt").asString()).isEqualTo("12:00");

    Reply gone =
        assertFollows(
            api,
            shop.slots(day, shop.anna()),
            shop.slots(day.plusDays(1), shop.anna()),
            () -> send(owner, "DELETE", path, ""));
    assertThat(gone.status()).as(gone.toString()).isEqualTo(200);
    assertProblem(send(owner, "DELETE", path, ""), 404, "special-day-not-found");
    assertThat(owner.get(path("/special-days")).json().path("items")).isEmpty();
  }

  static Stream<Arguments> specialDaysThatAreNone() {
    return Stream.of(
        arguments("2026-12-24", "{}", "hours"),
        arguments("1999-12-31", "{\"hours\": []}", "date"),
        arguments("2200-01-01", "{\"hours\": []}", "date"),
        arguments("christmas", "{\"hours\": []}", "date"),
        arguments("2026-12-24", "{\"hours\": [], \"label\": \"\"}", "label"),
        arguments(
            "2026-12-24",
            "{\"hours\": [{\"opensAt\": \"12:00\", \"closesAt\": \"10:00\"}]}",
            "hours[0].closesAt"));
  }

  @ParameterizedTest
  @MethodSource("specialDaysThatAreNone")
  void specialDaysAreInOrder(String date, String body, String field) {
    Reply reply = send(owner, "PUT", path("/special-days/" + date), body);

    assertProblem(reply, 400, "invalid-request");
    assertThat(reply.errorFields()).containsExactly(field);
  }

  @Test
  void noDatesAreTooFarToBeAskedFor() {
    for (String date : List.of("+5874898-01-01", "+999999999-12-30", "-4800-01-01")) {
      assertProblem(
          send(owner, "DELETE", path("/special-days/" + date), ""), 404, "special-day-not-found");
    }
  }

  @Test
  void specialDaysToComeAreBoundedSoThatAllAreShown() {
    api.sql()
        .sql(
            """
            INSERT INTO special_days (location_id, local_date)
            SELECT :location, :day::date + n FROM generate_series(-900, 731) AS n WHERE n <> 0
            """)
        .param("location", shop.id())
        .param("day", day)
        .update();
    api.sql()
        .sql("DELETE FROM special_days WHERE location_id = ? AND local_date BETWEEN ? AND ?")
        .params(shop.id(), day.minusDays(9), day)
        .update();

    assertProblem(
        send(owner, "PUT", path("/special-days/" + day), "{\"hours\": []}"), 409, "limit-reached");
    for (LocalDate there : List.of(day.plusDays(1), day.minusDays(20), day.minusDays(901))) {
      assertThat(send(owner, "PUT", path("/special-days/" + there), "{\"hours\": []}").status())
          .as(there.toString())
          .isEqualTo(200);
    }
    assertThat(api.get(path("/business-hours")).json().at("/specialDays/0/date").asString())
        .isEqualTo(day.plusDays(1).toString());
  }

  @Test
  void specialDaysArePagedTheLatestFirst() {
    for (int i = 0; i < 3; i++) {
      send(owner, "PUT", path("/special-days/" + day.plusDays(i)), "{\"hours\": []}");
    }

    Reply first = owner.get(path("/special-days?limit=2"));
    Reply second =
        owner.get(
            path("/special-days?limit=2&cursor=" + first.json().path("nextCursor").asString()));

    assertThat(
            Stream.of(first, second)
                .flatMap(page -> page.json().path("items").valueStream())
                .map(item -> item.path("date").asString()))
        .containsExactly(day.plusDays(2).toString(), day.plusDays(1).toString(), day.toString());
    assertProblem(
        owner.get("/api/v1/locations/%d/special-days".formatted(elsewhere.id())),
        404,
        "location-not-found");
  }

  @Test
  void timeOffIsPlannedSeenAndGivenBack() {
    Reply booked = api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "10:00"));

    Reply made =
        assertFollows(
            api,
            shop.slots(day, shop.anna()),
            shop.slots(day, shop.ben()),
            () -> owner.post(timeOff(shop.anna()), absence(day, "09:30", "13:00")));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.json().at("/conflicts/first/0/appointmentId"))
        .isEqualTo(booked.json().path("id"));
    assertThat(OffsetDateTime.parse(made.json().path("startsAt").asString()))
        .as("with the location's offset")
        .isEqualTo(shop.at(day, "09:30"))
        .hasToString(shop.at(day, "09:30"));
    owner.post(timeOff(shop.anna()), absence(day.plusDays(1), "09:30", "11:00"));
    Reply first = owner.get(timeOff(shop.anna()) + "?limit=1");
    Reply second =
        owner.get(
            timeOff(shop.anna()) + "?limit=1&cursor=" + first.json().path("nextCursor").asString());
    assertThat(second.json().at("/items/0/id")).isEqualTo(made.json().path("id"));
    assertThat(second.json().has("nextCursor")).isFalse();

    String path = timeOff(shop.anna()) + "/" + made.json().path("id").asLong();
    assertProblem(
        send(owner, "DELETE", path.replace("/" + shop.anna() + "/", "/" + shop.ben() + "/"), ""),
        404,
        "time-off-not-found");
    Reply gone =
        assertFollows(
            api,
            shop.slots(day, shop.anna()),
            shop.slots(day, shop.ben()),
            () -> send(owner, "DELETE", path, ""));
    assertThat(gone.json().path("id")).isEqualTo(made.json().path("id"));
    assertProblem(send(owner, "DELETE", path, ""), 404, "time-off-not-found");
    assertThat(actions("barber:" + shop.anna()))
        .containsExactly("time-off.create", "time-off.create", "time-off.delete");
  }

  @Test
  void barbersPlanTheirOwnTimeOff() {
    TestUser anna = TestUser.make(api, Role.BARBER, shop.id());
    api.sql()
        .sql("UPDATE users SET barber_id = ? WHERE id = ?")
        .params(shop.anna(), anna.id())
        .update();

    Reply made = anna.post(timeOff(shop.anna()), absence(day, "10:00", "11:00"));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(anna.get(timeOff(shop.anna())).json().path("items")).hasSize(1);
    for (Reply reply :
        List.of(
            anna.post(timeOff(shop.ben()), absence(day, "10:00", "11:00")),
            anna.get(timeOff(shop.ben())))) {
      assertProblem(reply, 404, "barber-not-found");
    }
    assertProblem(anna.post(path("/blackouts"), absence(day, "10:00", "11:00")), 403, "forbidden");
    assertProblem(
        owner.post(
            "/api/v1/locations/%d/barbers/%d/time-off".formatted(elsewhere.id(), elsewhere.anna()),
            absence(day, "10:00", "11:00")),
        404,
        "location-not-found");
  }

  @Test
  void blackoutIsForAllOfTheLocation() {
    api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "10:00"));
    api.post("/api/v1/appointments", shop.booking(shop.ben(), day, "10:00"));

    Reply made =
        assertFollows(
            api,
            shop.slots(day, "any"),
            elsewhere.slots(day, "any"),
            () -> owner.post(path("/blackouts"), absence(day, "09:00", "12:00")));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.json().at("/conflicts/count").asInt()).isEqualTo(2);
    assertThat(made.json().has("barberId")).isFalse();
    assertThat(owner.get(path("/blackouts")).json().at("/items/0/id"))
        .isEqualTo(made.json().path("id"));
    String path = path("/blackouts/" + made.json().path("id").asLong());
    assertThat(send(owner, "DELETE", path, "").status()).isEqualTo(200);
    assertProblem(send(owner, "DELETE", path, ""), 404, "blackout-not-found");
  }

  @Test
  void absencesThatAreOverAreNoLimit() {
    absences("- interval '3 days'", 1_000);
    absences("+ interval '3 days'", 999);

    Reply last = owner.post(timeOff(shop.anna()), absence(day, "10:00", "11:00"));
    Reply oneTooMany = owner.post(timeOff(shop.anna()), absence(day, "10:00", "11:00"));

    assertThat(last.status()).as(last.toString()).isEqualTo(201);
    assertProblem(oneTooMany, 409, "limit-reached");
    assertThat(owner.post(timeOff(shop.ben()), absence(day, "10:00", "11:00")).status())
        .isEqualTo(201);
  }

  private void absences(String when, int count) {
    api.sql()
        .sql(
            """
            INSERT INTO time_off (location_id, barber_id, starts_at, ends_at)
            SELECT ?, ?, t, t + interval '1 minute'
            FROM (SELECT now() %s + n * interval '1 minute' AS t FROM generate_series(1, ?) AS n)
            """
                .formatted(when))
        .params(shop.id(), shop.anna(), count)
        .update();
  }

  @Test
  void absencesHaveABeginningAndAnEnd() {
    String start = shop.at(day, "10:00");
    String body = "{\"startsAt\": \"%s\", \"endsAt\": \"%s\"}";
    for (String wrong :
        List.of(
            body.formatted(start, start),
            body.formatted(start, shop.at(day.plusYears(2).plusDays(1), "10:00")),
            "{\"startsAt\": \"%s\"}".formatted(start))) {
      for (String path : List.of(timeOff(shop.anna()), path("/blackouts"))) {
        Reply reply = owner.post(path, wrong);
        assertProblem(reply, 400, "invalid-request");
        assertThat(reply.errorFields()).containsExactly("endsAt");
      }
    }
  }

  @Test
  void bookingSettingsAreReplaced() {
    String path = path("/booking-settings");
    Reply seen = api.get(path);
    String body =
        """
        {"slotStepMinutes": 20, "minimumNoticeMinutes": 0, "horizonDays": 30,
         "cancellationWindowMinutes": 60, "confirmationRequired": true, "sameDayCutOff": "16:00"}
        """;

    Reply put =
        assertFollows(
            api,
            shop.slots(day, shop.anna()),
            elsewhere.slots(day, elsewhere.anna()),
            () -> send(owner, "PUT", path, body, "If-Match", seen.header("ETag")));

    assertThat(put.status()).as(put.toString()).isEqualTo(200);
    Reply now = api.get(path);
    assertThat(now.json()).isEqualTo(put.json());
    assertThat(now.json().path("sameDayCutOff").asString()).isEqualTo("16:00");
    assertThat(now.header("ETag")).isEqualTo(put.header("ETag")).isNotEqualTo(seen.header("ETag"));
    assertProblem(
        send(owner, "PUT", path, body, "If-Match", seen.header("ETag")),
        412,
        "precondition-failed");
    assertThat(
            send(owner, "PUT", path, body.replace(", \"sameDayCutOff\": \"16:00\"", ""))
                .json()
                .has("sameDayCutOff"))
        .isFalse();
    for (String wrong :
        List.of(
            body.replace("20", "4"),
            body.replace("\"slotStepMinutes\": 20,", ""),
            body.replace("\"slotStepMinutes\": 20", "\"slotStepMinutes\": null"))) {
      assertThat(send(owner, "PUT", path, wrong).errorFields()).containsExactly("slotStepMinutes");
    }
    assertThat(send(owner, "PUT", path, body.replace("16:00", "24:00")).errorFields())
        .containsExactly("sameDayCutOff");
  }

  @Test
  void settingsOfALocationThatHadNoneAreMade() {
    api.sql().sql("DELETE FROM booking_settings WHERE location_id = ?").param(shop.id()).update();

    Reply put =
        send(
            owner,
            "PUT",
            path("/booking-settings"),
            """
            {"slotStepMinutes": 45, "minimumNoticeMinutes": 0, "horizonDays": 30,
             "cancellationWindowMinutes": 60, "confirmationRequired": false}
            """);

    assertThat(put.status()).as(put.toString()).isEqualTo(200);
    assertThat(put.json().path("slotStepMinutes").asInt()).isEqualTo(45);
  }

  @Test
  void writesAreDoneOncePerKey() {
    String[] key = {"Idempotency-Key", "off-" + shop.id()};

    Reply made = send(owner, "POST", timeOff(shop.anna()), absence(day, "10:00", "11:00"), key);
    Reply again = send(owner, "POST", timeOff(shop.anna()), absence(day, "10:00", "11:00"), key);

    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(made.json());
    assertThat(owner.get(timeOff(shop.anna())).json().path("items")).hasSize(1);
  }

  private String path(String rest) {
    return "/api/v1/locations/" + shop.id() + rest;
  }

  private String availability() {
    return path("/barbers/" + shop.anna() + "/availability");
  }

  private String timeOff(long barber) {
    return path("/barbers/" + barber + "/time-off");
  }

  private static List<String> dates(Reply reply) {
    return reply
        .json()
        .at("/conflicts/first")
        .valueStream()
        .map(one -> one.path("date").asString())
        .toList();
  }

  private String absence(LocalDate date, String from, String until) {
    return "{\"startsAt\": \"%s\", \"endsAt\": \"%s\", \"reason\": \"Course\"}"
        .formatted(shop.at(date, from), shop.at(date, until));
  }

  private static String monday(String hours) {
    return "{\"days\": [{\"weekday\": \"MONDAY\", \"hours\": %s}]}".formatted(hours);
  }

  private static String week(String opens, String closes) {
    return Arrays.stream(DayOfWeek.values())
        .map(
            weekday ->
                "{\"weekday\": \"%s\", \"hours\": [{\"opensAt\": %s, \"closesAt\": %s}]}"
                    .formatted(weekday, opens, closes))
        .collect(Collectors.joining(", ", "{\"days\": [", "]}"));
  }

  private String rows(String table) {
    return api.sql()
        .sql(
            "SELECT string_agg(t::text, ' ' ORDER BY id) FROM %s t WHERE location_id = ?"
                .formatted(table))
        .param(shop.id())
        .query(String.class)
        .single();
  }

  private static List<String> actions(String target) {
    return api.sql()
        .sql("SELECT action FROM audit_log WHERE target = ? ORDER BY id")
        .param(target)
        .query(String.class)
        .list();
  }
}
