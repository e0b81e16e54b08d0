package dev.freshcut.bookingapi;

import static dev.freshcut.bookingapi.AppointmentsIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Special days, time off, blackouts, overrides and settings, as search and booking see them. */
class ScheduleIT {
  private static final String APPOINTMENTS = "/api/v1/appointments";
  private static ApiFixture api;
  private Shop shop;
  private LocalDate day;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    day = shop.day(5);
  }

  @Test
  void closedDayCannotBeBooked() {
    sql("INSERT INTO special_days (location_id, local_date) VALUES (?, ?)", shop.id(), day);

    assertThat(times(shop.slots(day, "any"))).isEmpty();
    assertProblem(book(shop.anna(), "10:00"), 422, "outside-working-hours");
    assertThat(times(shop.slots(day.plusDays(1), "any"))).isNotEmpty();
  }

  @Test
  void barbersWorkOnlyWithinASpecialDaysHours() {
    sql(
        "INSERT INTO special_days (location_id, local_date, opens_at, closes_at) VALUES (?, ?, '15:15', '20:00')",
        shop.id(),
        day);

    assertThat(times(shop.slots(day, shop.anna()))).containsExactly("15:15", "15:45", "16:15");
    assertProblem(book(shop.anna(), "15:00"), 422, "outside-working-hours");
    assertProblem(book(shop.anna(), "16:45"), 422, "outside-working-hours");
    assertThat(book(shop.anna(), "15:15").status()).isEqualTo(201);
  }

  @Test
  void timeOffIsTheBarbersAndBlackoutsAreEverybodys() {
    away("time_off", shop.anna(), "09:00", "16:00");
    assertThat(times(shop.slots(day, shop.anna()))).containsExactly("16:00", "16:30");
    assertThat(times(shop.slots(day, shop.ben()))).contains("09:00", "12:00");
    assertProblem(book(shop.anna(), "15:45"), 422, "outside-working-hours");
    assertThat(book(shop.anna(), "16:00").status()).isEqualTo(201);

    away("blackouts", null, "09:00", "16:30");
    assertThat(times(strong(shop.slots(day, shop.ben())))).containsExactly("16:30");
    assertProblem(book(shop.ben(), "10:00"), 422, "outside-working-hours");
  }

  @Test
  void barbersOwnTermsCount() {
    sql(
        "INSERT INTO barber_services (location_id, barber_id, service_id, duration_minutes, price_minor) VALUES (?, ?, ?, 60, 5000)",
        shop.id(),
        shop.anna(),
        shop.cut());

    Reply made = book(shop.anna(), "10:00");
    assertThat(made.json().path("endsAt").asString()).contains("T11:00");
    JsonNode nine = api.get(shop.slots(day, "any")).json().path("slots");
    assertThat(nine.path(0).path("endsAt").asString()).contains("T09:30");
    assertThat(nine.path(0).path("barberIds").toString()).isEqualTo("[" + shop.ben() + "]");
    JsonNode special =
        api.get("/api/v1/locations/" + shop.id() + "/services").json().at("/0/barbers/0");
    assertThat(special.path("priceMinor").asLong()).isEqualTo(5000);
    assertThat(special.path("durationMinutes").asInt()).isEqualTo(60);

    sql("UPDATE barber_services SET offered = false WHERE barber_id = ?", shop.anna());
    assertProblem(book(shop.anna(), "14:00"), 422, "service-not-offered");
    assertThat(times(strong(shop.slots(day, shop.anna())))).isEmpty();
    assertThat(any("14:00").json().path("barberId").asLong()).isEqualTo(shop.ben());
  }

  @Test
  void anyBarberIsTheOneWithLeastToDo() {
    book(shop.anna(), "09:00");

    assertThat(any("10:00").json().path("barberId").asLong()).isEqualTo(shop.ben());
    assertThat(any("11:00").json().path("barberId").asLong()).isEqualTo(shop.anna());
    assertThat(any("11:00").json().path("barberId").asLong()).isEqualTo(shop.ben());
    Reply third = any("11:00");
    assertProblem(third, 409, "slot-taken");
    assertThat(starts(third.json().path("alternatives")))
        .hasSize(5)
        .startsWith(day + "T10:00", day + "T12:00")
        .doesNotContain(day + "T11:00");
  }

  @Test
  void alternativesAreTheNearestFreeOnes() {
    book(shop.anna(), "12:00");
    Reply taken = book(shop.anna(), "12:00");

    assertThat(starts(taken.json().path("alternatives")))
        .containsExactly(
            day + "T11:00", day + "T13:00", day + "T10:30", day + "T13:30", day + "T10:00");
  }

  @Test
  void rangeIsTheDatesOneByOne() {
    book(shop.anna(), "10:00");
    String range =
        shop.slots(day, shop.anna())
            .replace("date=" + day, "from=" + day + "&to=" + day.plusDays(1));

    Reply first = api.get(range + "&zone=Asia/Kathmandu");
    assertThat(first.isHit()).isFalse();
    assertThat(api.get(range).isHit()).isTrue();
    assertThat(first.json().path("slots").size())
        .isEqualTo(
            times(shop.slots(day, shop.anna())).size()
                + times(shop.slots(day.plusDays(1), shop.anna())).size());
    JsonNode slot = first.json().at("/slots/0");
    assertThat(slot.path("startsAt").asString()).endsWith("+05:45");
    assertThat(OffsetDateTime.parse(slot.path("startsAt").asString()).toInstant())
        .isEqualTo(OffsetDateTime.parse(shop.at(day, "09:00")).toInstant());
    assertThat(slot.path("date").asString()).isEqualTo(day.toString());
    assertProblem(
        api.get(range.replace("to=" + day.plusDays(1), "to=" + day.plusDays(31))),
        400,
        "invalid-request");
  }

  @Test
  void ignoredAppointmentsTimeIsFree() {
    Reply made = book(shop.anna(), "10:00");
    String slots = shop.slots(day, shop.anna());

    assertThat(times(slots)).doesNotContain("10:00", "10:30");
    Reply ignoring = api.get(slots + "&ignore=" + made.json().path("id").asLong());
    assertThat(ignoring.cacheStatus()).contains("bypass");
    assertThat(times(ignoring)).contains("10:00", "10:30");
    assertThat(times(slots)).doesNotContain("10:00", "10:30");
    assertProblem(
        TestUser.client(api).get(slots + "&ignore=" + made.json().path("id").asLong()),
        404,
        "appointment-not-found");
  }

  @Test
  void nextSlotIsTheFirstThatCanBeBookedNow() {
    String next =
        "/api/v1/locations/%d/next-slot?service=%d&barber=%d&date=%s"
            .formatted(shop.id(), shop.cut(), shop.anna(), day);
    assertThat(api.get(next).json().at("/slot/startsAt").asString()).startsWith(day + "T09:00");
    assertThat(api.get(next).isHit()).isTrue();

    book(shop.anna(), "09:00");
    assertThat(api.get(next).json().at("/slot/startsAt").asString()).startsWith(day + "T10:00");

    sql(
        "UPDATE booking_settings SET minimum_notice_minutes = 14400 WHERE location_id = ?",
        shop.id());
    Reply late = api.get(next, "Cache-Control", "no-cache");
    assertThat(LocalDate.parse(late.json().at("/slot/date").asString()))
        .isBetween(shop.day(10), shop.day(11));

    sql("UPDATE barbers SET active = false WHERE id = ?", shop.ben());
    sql("DELETE FROM working_hours WHERE barber_id = ?", shop.anna());
    Reply none =
        api.get(next.replace("barber=" + shop.anna(), "barber=any"), "Cache-Control", "no-cache");
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.json().has("slot")).isFalse();
  }

  /** With so many barbers a search would otherwise read tens of thousands of entries. */
  @Test
  void nextSlotIsLookedForInTheDatabaseAfterSomeEntries() {
    sql(
        "INSERT INTO barbers (location_id, name) SELECT ?, 'Barber ' || n FROM generate_series(1, 400) AS n",
        shop.id());
    LocalDate back = shop.day(45);
    sql(
        "INSERT INTO blackouts (location_id, starts_at, ends_at) VALUES (?, ?, ?)",
        shop.id(),
        OffsetDateTime.parse(shop.at(shop.day(0), "00:00")),
        OffsetDateTime.parse(shop.at(back, "10:00")));
    String next = "/api/v1/locations/%d/next-slot?service=%d".formatted(shop.id(), shop.cut());

    for (int look = 0; look < 2; look++) {
      Reply found = api.get(next);
      assertThat(found.json().at("/slot/startsAt").asString()).startsWith(back + "T10:00");
      assertThat(found.cacheStatus()).startsWith("freshcut; fwd=miss");
    }

    sql("UPDATE booking_settings SET horizon_days = 44 WHERE location_id = ?", shop.id());
    assertThat(strong(next).json().has("slot")).isFalse();
  }

  @Test
  void appointmentsThatNoLongerFitAreConflicts() {
    book(shop.anna(), "10:00");
    book(shop.anna(), "12:00");
    book(shop.anna(), "16:00");
    String conflicts =
        "/api/v1/locations/%d/barbers/%d/conflicts?date=%s".formatted(shop.id(), shop.anna(), day);
    assertThat(api.get(conflicts).json().path("conflicts").isEmpty()).isTrue();

    away("time_off", shop.anna(), "12:15", "13:00");
    sql(
        "INSERT INTO special_days (location_id, local_date, opens_at, closes_at) VALUES (?, ?, '09:00', '16:15')",
        shop.id(),
        day);
    JsonNode found = strong(conflicts).json().path("conflicts");

    assertThat(found.valueStream().map(each -> each.path("reasons").toString()).toList())
        .containsExactly("[\"time-off\"]", "[\"outside-hours\"]");
    assertThat(found.at("/0/appointment/startsAt").asString()).startsWith(day + "T12:00");
  }

  @Test
  void scheduleHasHoursAbsencesAndAppointments() {
    Reply made = book(shop.anna(), "10:00");
    away("time_off", shop.anna(), "12:00", "13:00");
    Reply schedule =
        api.get(
            "/api/v1/locations/%d/barbers/%d/schedule?from=%s&to=%s"
                .formatted(shop.id(), shop.anna(), day, day.plusDays(6)));

    assertThat(schedule.json().path("days").size()).isEqualTo(7);
    JsonNode first = schedule.json().at("/days/0");
    assertThat(first.at("/hours/0/from").asString()).startsWith(day + "T09:00");
    assertThat(first.at("/absences/0/kind").asString()).isEqualTo("time-off");
    assertThat(first.at("/appointments/0/id")).isEqualTo(made.json().path("id"));
    assertThat(first.at("/appointments/0/busyUntil").asString()).startsWith(day + "T10:40");
    assertThat(schedule.json().at("/days/1/appointments").isEmpty()).isTrue();
  }

  @Test
  void settingsAreTheLocationsOrTheDefaults() {
    String path = "/api/v1/locations/" + shop.id() + "/booking-settings";
    sql(
        "UPDATE booking_settings SET same_day_cutoff = '16:30', cancellation_window_minutes = 90 WHERE location_id = ?",
        shop.id());

    JsonNode settings = api.get(path).json();
    assertThat(settings.path("slotStepMinutes").asInt()).isEqualTo(30);
    assertThat(settings.path("sameDayCutOff").asString()).isEqualTo("16:30");
    assertThat(settings.path("cancellationWindowMinutes").asInt()).isEqualTo(90);

    sql("DELETE FROM booking_settings WHERE location_id = ?", shop.id());
    JsonNode defaults = strong(path).json();
    assertThat(defaults.path("minimumNoticeMinutes").asInt()).isEqualTo(60);
    assertThat(defaults.has("sameDayCutOff")).isFalse();
  }

  @Test
  void clientsComeTooLateToChangeAndStaffDoNot() {
    TestUser client = TestUser.client(api);
    String path = client.post(APPOINTMENTS, byClient(day, "10:00")).header("Location");
    sql(
        "UPDATE booking_settings SET cancellation_window_minutes = 14400 WHERE location_id = ?",
        shop.id());
    String move = "{\"startsAt\": \"%s\"}".formatted(shop.at(day, "12:00"));

    assertProblem(client.post(path + "/cancel", ""), 409, "too-late-to-change");
    assertProblem(client.post(path + "/move", move), 409, "too-late-to-change");
    TestUser barber = TestUser.barber(api, shop);
    assertThat(barber.post(path + "/move", move).status()).isEqualTo(200);
    assertThat(barber.post(path + "/cancel", "").json().path("cancelledBy").asString())
        .isEqualTo("barber");
  }

  @Test
  void todayIsOverForClientsAfterTheCutOffAndNotForStaff() {
    LocalDate today = shop.day(0);
    sql(
        "UPDATE working_hours SET opens_at = '00:00', closes_at = '24:00' WHERE location_id = ?",
        shop.id());
    sql("UPDATE booking_settings SET same_day_cutoff = '00:00' WHERE location_id = ?", shop.id());

    assertThat(times(shop.slots(today, "any"))).isEmpty();
    assertThat(times(shop.slots(shop.day(1), "any"))).isNotEmpty();
    if (LocalTime.now(Clock.system(shop.zone())).isBefore(LocalTime.of(23, 5))) {
      assertProblem(
          TestUser.client(api).post(APPOINTMENTS, byClient(today, "23:10")), 422, "past-cut-off");
      assertThat(api.post(APPOINTMENTS, shop.booking(shop.anna(), today, "23:10")).status())
          .isEqualTo(201);
    }
  }

  @Test
  void clientsKeepTheNotice() {
    sql(
        "UPDATE booking_settings SET minimum_notice_minutes = 14400 WHERE location_id = ?",
        shop.id());

    assertProblem(
        TestUser.client(api).post(APPOINTMENTS, byClient(day, "10:00")), 422, "too-short-notice");
    assertThat(book(shop.anna(), "10:00").status()).isEqualTo(201);
  }

  @Test
  void statesFollowOneAnother() {
    Reply made = book(shop.anna(), "10:00");
    String path = made.header("Location");

    assertThat(api.post(path + "/confirm", "").json().path("status").asString())
        .isEqualTo("confirmed");
    assertProblem(api.post(path + "/complete", ""), 409, "appointment-not-begun");
    assertProblem(api.post(path + "/no-show", ""), 409, "appointment-not-begun");
    sql(
        "UPDATE appointments SET starts_at = ? WHERE id = ?",
        OffsetDateTime.parse(shop.at(shop.day(-1), "10:00")),
        made.json().path("id").asLong());
    assertProblem(TestUser.client(api).post(path + "/complete", ""), 403, "forbidden");
    assertThat(api.post(path + "/complete", "").json().path("status").asString())
        .isEqualTo("completed");
    assertProblem(api.post(path + "/no-show", ""), 409, "appointment-closed");
    assertProblem(api.post(path + "/cancel", ""), 409, "appointment-closed");
  }

  @Test
  void whatClientsBookIsPendingWhereTheShopConfirms() {
    sql(
        "UPDATE booking_settings SET confirmation_required = true WHERE location_id = ?",
        shop.id());
    TestUser client = TestUser.client(api);
    TestUser barber = TestUser.barber(api, shop);

    Reply booked = client.post(APPOINTMENTS, byClient(day, "10:00"));
    Reply hold = client.post("/api/v1/holds", byClient(day, "12:00"));
    Reply consumed =
        client.post("/api/v1/holds/" + hold.json().path("id").asLong() + "/appointment", "{}");

    for (Reply made : List.of(booked, consumed)) {
      assertThat(made.json().path("status").asString()).as(made.toString()).isEqualTo("pending");
      String path = made.header("Location");
      assertProblem(barber.post(path + "/no-show", ""), 409, "appointment-closed");
      assertThat(barber.post(path + "/confirm", "").json().path("status").asString())
          .isEqualTo("confirmed");
    }
    assertThat(book(shop.anna(), "14:00").json().path("status").asString()).isEqualTo("confirmed");
    assertThat(
            strong("/api/v1/locations/" + shop.id() + "/booking-settings")
                .json()
                .path("confirmationRequired")
                .asBoolean())
        .isTrue();
  }

  @Test
  void whatIsMovedKeepsItsTermsInTheSearchToo() {
    Reply made = book(shop.anna(), "10:00");
    long id = made.json().path("id").asLong();
    sql(
        "UPDATE services SET duration_minutes = 120, buffer_after_minutes = 60 WHERE id = ?",
        shop.cut());
    sql(
        "INSERT INTO barber_services (location_id, barber_id, service_id, offered) VALUES (?, ?, ?, false)",
        shop.id(),
        shop.ben(),
        shop.cut());

    JsonNode slots = api.get(shop.slots(day, "any") + "&ignore=" + id).json().path("slots");
    assertThat(slots.size()).isEqualTo(16); // every half hour from 09:00 to 16:30
    assertThat(slots.valueStream().map(slot -> slot.path("barberIds").toString()).distinct())
        .containsExactly("[" + shop.anna() + "]");
    assertThat(slots.at("/15/endsAt").asString()).startsWith(day + "T17:00");
    assertThat(times(shop.slots(day, "any")).size()).isLessThan(16);

    sql("UPDATE services SET active = false WHERE id = ?", shop.cut());
    assertThat(times(shop.slots(day, "any") + "&ignore=" + id)).hasSize(16);
  }

  @Test
  void alternativesToAMoveAreForWhatIsMoved() {
    Reply made = book(shop.anna(), "12:00");
    book(shop.anna(), "10:00");
    sql("UPDATE services SET duration_minutes = 240 WHERE id = ?", shop.cut());

    Reply moved =
        api.post(
            made.header("Location") + "/move",
            "{\"startsAt\": \"%s\"}".formatted(shop.at(day, "10:30")));

    assertProblem(moved, 409, "slot-taken");
    assertThat(starts(moved.json().path("alternatives")))
        .containsExactly(
            day + "T11:00", day + "T11:30", day + "T09:00", day + "T12:00", day + "T12:30");
    assertThat(moved.json().at("/alternatives/0/endsAt").asString()).startsWith(day + "T11:30");
  }

  @Test
  void schedulesOfOtherLocationsAreNotThere() {
    TestUser barber = TestUser.barber(api, Shop.open(api.sql(), "Europe/Paris"));
    String path = "/api/v1/locations/%d/barbers/%d/".formatted(shop.id(), shop.anna());

    assertProblem(
        barber.get(path + "schedule?from=%s&to=%s".formatted(day, day)), 404, "location-not-found");
    assertProblem(barber.get(path + "conflicts?date=" + day), 404, "location-not-found");
  }

  private String byClient(LocalDate date, String time) {
    return "{\"locationId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
        .formatted(shop.id(), shop.cut(), shop.at(date, time));
  }

  private void away(String table, @Nullable Long barber, String from, String until) {
    OffsetDateTime start = OffsetDateTime.parse(shop.at(day, from));
    OffsetDateTime end = OffsetDateTime.parse(shop.at(day, until));
    if (barber == null) {
      sql(
          "INSERT INTO " + table + " (location_id, starts_at, ends_at) VALUES (?, ?, ?)",
          shop.id(),
          start,
          end);
    } else {
      sql(
          "INSERT INTO "
              + table
              + " (location_id, barber_id, starts_at, ends_at) VALUES (?, ?, ?, ?)",
          shop.id(),
          barber,
          start,
          end);
    }
  }

  private static void sql(String statement, Object... values) {
    assertThat(api.sql().sql(statement).params(values).update()).isPositive();
  }

  private Reply book(long barber, String time) {
    return api.post(APPOINTMENTS, shop.booking(barber, day, time));
  }

  private Reply any(String time) {
    return api.post(
        APPOINTMENTS,
        shop.booking(shop.anna(), day, time).replace("\"barberId\": " + shop.anna() + ",", ""));
  }

  /** Nothing evicts in this test what is changed by SQL. */
  private static Reply strong(String path) {
    return api.get(path, "Cache-Control", "no-cache");
  }

  private static List<String> times(String path) {
    return times(strong(path));
  }

  private static List<String> times(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return starts(reply.json().path("slots")).stream().map(start -> start.substring(11)).toList();
  }

  private static List<String> starts(JsonNode slots) {
    return slots
        .valueStream()
        .map(slot -> slot.path("startsAt").asString().substring(0, 16))
        .toList();
  }
}
