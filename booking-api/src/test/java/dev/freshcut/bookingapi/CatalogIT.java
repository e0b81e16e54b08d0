package dev.freshcut.bookingapi;

import static dev.freshcut.bookingapi.AppointmentsIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Locations, barbers and services are made and changed by those whose they are. */
class CatalogIT {
  private static final String LOCATIONS = "/api/v1/locations";
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
  void operatorOpensALocation() {
    String body = "{\"name\": \"Canal\", \"timeZone\": \"Europe/Amsterdam\"}";

    Reply made = api.post(LOCATIONS, body, "Idempotency-Key", "open-canal");
    Reply again = api.post(LOCATIONS, body, "Idempotency-Key", "open-canal");

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.header("ETag")).isEqualTo("\"1\"");
    assertThat(made.token()).isNotEmpty();
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(made.json());
    Reply found = api.send(api.requestOfNobody(made.header("Location")).GET());
    assertThat(found.json()).isEqualTo(made.json());
    assertProblem(owner.post(LOCATIONS, body), 403, "forbidden");
    assertThat(actions("location:" + made.json().path("id").asLong()))
        .containsExactly("location.create");
  }

  @Test
  void ownerRenamesHerLocationAndNoOther() {
    Reply seen = owner.get(path(""));

    Reply renamed =
        send(owner, "PATCH", path(""), "{\"name\": \"Salon\"}", "If-Match", seen.header("ETag"));

    assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
    assertThat(renamed.json().path("name").asString()).isEqualTo("Salon");
    assertThat(renamed.json().has("conflicts")).isFalse();
    assertThat(renamed.header("ETag")).isNotEqualTo(seen.header("ETag"));
    assertProblem(
        send(owner, "PATCH", path(""), "{\"name\": \"X\"}", "If-Match", seen.header("ETag")),
        412,
        "precondition-failed");
    assertProblem(
        owner.patch(LOCATIONS + "/" + elsewhere.id(), "{\"name\": \"X\"}"),
        404,
        "location-not-found");
    assertProblem(
        TestUser.barber(api, shop).patch(path(""), "{\"name\": \"X\"}"), 403, "forbidden");
    assertThat(actions("location:" + shop.id())).containsExactly("location.change");
  }

  @Test
  void newZoneIsFollowedAndSaysWhatHasNoRoomAnyMore() {
    api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "16:00"));

    Reply changed =
        assertFollows(
            api,
            path("/booking-settings"),
            elsewhere("/booking-settings"),
            () -> owner.patch(path(""), "{\"timeZone\": \"Europe/Athens\"}"));

    // Four in the afternoon in Paris is five in Athens, when Anna goes home.
    assertThat(changed.json().at("/conflicts/count").asInt()).isEqualTo(1);
    assertThat(changed.json().at("/conflicts/first/0/barberId").asLong()).isEqualTo(shop.anna());
    assertThat(owner.get(path("")).json().path("timeZone").asString()).isEqualTo("Europe/Athens");
  }

  /** Neither zone has daylight saving time: 15:30 there is 23:45 here, all the year. */
  @Test
  void zoneThatPutsAppointmentsOverMidnightIsRefused() {
    Shop kathmandu = Shop.open(api.sql(), "Asia/Kathmandu");
    String path = LOCATIONS + "/" + kathmandu.id();
    LocalDate date = kathmandu.day(3);
    Reply booked =
        api.post("/api/v1/appointments", kathmandu.booking(kathmandu.anna(), date, "15:30"));
    TestUser manager = TestUser.owner(api, kathmandu);
    String change = "{\"timeZone\": \"Pacific/Kiritimati\"}";

    Reply refused = manager.patch(path, change);

    assertProblem(refused, 409, "appointments-over-midnight");
    assertThat(refused.json().path("detail").asString()).startsWith("1 would");
    assertThat(manager.get(path).json().path("timeZone").asString()).isEqualTo("Asia/Kathmandu");
    api.post(booked.header("Location") + "/cancel", "");
    assertThat(manager.patch(path, change).status()).isEqualTo(200);
  }

  @Test
  void zoneThatTheDatabaseDoesNotKnowIsRefused() {
    api.sql()
        .sql(
            """
            CREATE OR REPLACE FUNCTION time_zone_is_known(zone text) RETURNS boolean
            LANGUAGE sql STABLE RETURN zone <> 'Pacific/Fiji'
            """)
        .update();

    Reply changed = owner.patch(path(""), "{\"timeZone\": \"Pacific/Fiji\"}");

    assertProblem(changed, 400, "invalid-request");
    assertThat(changed.errorFields()).containsExactly("timeZone");
  }

  static Stream<Arguments> locationsThatAreNone() {
    return Stream.of(
        arguments("{\"name\": \" \", \"timeZone\": \"Europe/Paris\"}", "name"),
        arguments("{\"timeZone\": \"Europe/Paris\"}", "name"),
        arguments("{\"name\": \"X\"}", "timeZone"),
        arguments("{\"name\": \"X\", \"timeZone\": \"CET\"}", "timeZone"),
        arguments("{\"name\": \"X\", \"timeZone\": \"+01:00\"}", "timeZone"),
        arguments("{\"name\": \"X\", \"timeZone\": \"Mars/Olympus\"}", "timeZone"));
  }

  @ParameterizedTest
  @MethodSource("locationsThatAreNone")
  void locationsHaveANameAndAZone(String body, String field) {
    Reply reply = api.post(LOCATIONS, body);

    assertProblem(reply, 400, "invalid-request");
    assertThat(reply.errorFields()).containsExactly(field);
  }

  @Test
  void barberIsAddedAndCanBeBookedOnceSheHasHours() {
    Reply made =
        assertFollows(
            api,
            path("/barbers"),
            elsewhere("/barbers"),
            () -> owner.post(path("/barbers"), "{\"name\": \"Cleo\"}"));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    long cleo = made.json().path("id").asLong();
    assertThat(owner.get(made.header("Location")).json()).isEqualTo(made.json());
    Reply hours =
        assertFollows(
            api,
            shop.slots(day, cleo),
            elsewhere.slots(day, elsewhere.anna()),
            () -> send(owner, "PUT", path("/barbers/" + cleo + "/availability"), everyDay()));
    assertThat(hours.status()).as(hours.toString()).isEqualTo(200);
    assertThat(api.post("/api/v1/appointments", shop.booking(cleo, day, "10:00")).status())
        .isEqualTo(201);
  }

  @Test
  void barberIsRenamed() {
    Reply seen = owner.get(path("/barbers/" + shop.anna()));

    Reply renamed =
        assertFollows(
            api,
            path("/barbers"),
            elsewhere("/barbers"),
            () ->
                send(
                    owner,
                    "PATCH",
                    path("/barbers/" + shop.anna()),
                    "{\"name\": \"Anna B\"}",
                    "If-Match",
                    seen.header("ETag")));

    assertThat(renamed.json().path("name").asString()).isEqualTo("Anna B");
    assertProblem(
        send(
            owner, "PATCH", path("/barbers/" + shop.anna()), "{}", "If-Match", seen.header("ETag")),
        412,
        "precondition-failed");
    for (String path :
        List.of(elsewhere("/barbers/" + elsewhere.anna()), elsewhere("/barbers/" + shop.anna()))) {
      assertProblem(owner.patch(path, "{\"name\": \"X\"}"), 404, "location-not-found");
      assertProblem(owner.get(path), 404, "location-not-found");
    }
    assertProblem(owner.patch(path("/barbers/" + elsewhere.anna()), "{}"), 404, "barber-not-found");
  }

  @Test
  void barberWithAppointmentsStopsOnlyIfTheyMayStay() {
    Reply booked = api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "10:00"));
    String path = path("/barbers/" + shop.anna());

    Reply refused = owner.patch(path, "{\"active\": false}");
    assertProblem(refused, 409, "barber-has-appointments");
    assertThat(refused.json().path("detail").asString()).startsWith("1 are to come");

    Reply stopped =
        assertFollows(
            api,
            path("/barbers"),
            elsewhere("/barbers"),
            () -> owner.patch(path, "{\"active\": false, \"keepAppointments\": true}"));
    assertThat(stopped.json().path("active").asBoolean()).isFalse();
    assertThat(api.get(booked.header("Location")).json().path("status").asString())
        .isEqualTo("confirmed");
    assertThat(owner.get(path).json()).isEqualTo(stopped.json());
    Reply catalog = owner.get(path("/catalog"));
    assertThat(catalog.json().at("/barbers/0")).isEqualTo(stopped.json());
    assertThat(catalog.json().at("/services/0/id").asLong()).isEqualTo(shop.cut());
    assertProblem(owner.get(elsewhere("/catalog")), 404, "location-not-found");
    assertProblem(api.get(shop.slots(day, shop.anna())), 404, "barber-not-found");

    api.post(booked.header("Location") + "/cancel", "");
    assertThat(owner.patch(path, "{\"active\": true}").status()).isEqualTo(200);
    assertThat(owner.patch(path, "{\"active\": false}").status()).as("none to come").isEqualTo(200);
  }

  @Test
  void serviceIsAddedChangedAndStopped() {
    Reply made =
        assertFollows(
            api,
            path("/services"),
            elsewhere("/services"),
            () ->
                owner.post(
                    path("/services"),
                    """
                    {"name": "Shave", "durationMinutes": 20, "bufferAfterMinutes": 5,
                     "priceMinor": 1800, "currency": "EUR"}
                    """));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.json().path("bufferBeforeMinutes").asInt()).isZero();
    String path = made.header("Location");
    assertThat(owner.get(path).json()).isEqualTo(made.json());

    Reply changed =
        assertFollows(
            api,
            path("/services"),
            elsewhere("/services"),
            () ->
                send(
                    owner,
                    "PATCH",
                    path,
                    "{\"priceMinor\": 1900}",
                    "If-Match",
                    made.header("ETag")));
    assertThat(changed.json().path("priceMinor").asLong()).isEqualTo(1900);
    assertThat(changed.json().path("name").asString()).isEqualTo("Shave");
    assertProblem(
        send(owner, "PATCH", path, "{}", "If-Match", made.header("ETag")),
        412,
        "precondition-failed");

    assertThat(owner.patch(path, "{\"active\": false}").status()).isEqualTo(200);
    assertThat(api.get(path("/services")).response().body()).doesNotContain("Shave");
    assertProblem(
        owner.patch(path("/services/" + elsewhere.cut()), "{}"), 404, "service-not-found");
    assertThat(actions("service:" + made.json().path("id").asLong()))
        .containsExactly("service.create", "service.change", "service.change");
  }

  @Test
  void laterPriceChangesNoAppointment() {
    Reply booked = api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "10:00"));

    owner.patch(path("/services/" + shop.cut()), "{\"priceMinor\": 9900, \"durationMinutes\": 90}");

    Reply after = api.get(booked.header("Location"));
    assertThat(after.json()).isEqualTo(booked.json());
  }

  static Stream<Arguments> servicesThatAreNone() {
    return Stream.of(
        arguments("\"EUR\"", "\"EURO\"", "currency"),
        arguments("\"EUR\"", "\"eur\"", "currency"),
        arguments("\"EUR\"", "\"ABC\"", "currency"),
        arguments("\"EUR\"", "\"XXX\"", "currency"),
        arguments("\"EUR\"", "\"XAU\"", "currency"),
        arguments("\"EUR\"", "\"DEM\"", "currency"),
        arguments("\"EUR\"", "\"YUM\"", "currency"),
        arguments("\"EUR\"", "null", "currency"),
        arguments("2500", "-1", "priceMinor"),
        arguments("2500", "1000000001", "priceMinor"),
        arguments("2500", "25.00", "priceMinor"),
        arguments("2500", "\"2500\"", "priceMinor"),
        arguments("30", "4", "durationMinutes"),
        arguments("30", "481", "durationMinutes"),
        arguments("30", "30, \"bufferBeforeMinutes\": 121", "bufferBeforeMinutes"),
        arguments("\"X\"", "\"\"", "name"));
  }

  @ParameterizedTest
  @MethodSource("servicesThatAreNone")
  void servicesHaveAPriceInACurrencyThatExists(String from, String to, String field) {
    String body =
        "{\"name\": \"X\", \"durationMinutes\": 30, \"priceMinor\": 2500, \"currency\": \"EUR\"}"
            .replace(from, to);

    Reply reply = owner.post(path("/services"), body);

    assertProblem(reply, 400, "invalid-request");
    assertThat(reply.errorFields()).containsExactly(field);
  }

  @Test
  void barberDoesAServiceDifferently() {
    String path = path("/barbers/%d/services/%d".formatted(shop.ben(), shop.cut()));
    assertProblem(owner.get(path), 404, "barber-service-not-found");
    assertProblem(
        send(owner, "PUT", path, "{\"offered\": false}", "If-Match", "*"),
        412,
        "precondition-failed");
    assertProblem(owner.get(path), 404, "barber-service-not-found");

    Reply put =
        assertFollows(
            api,
            shop.slots(day, shop.ben()),
            shop.slots(day, shop.anna()),
            () ->
                send(
                    owner,
                    "PUT",
                    path,
                    "{\"offered\": true, \"durationMinutes\": 45, \"priceMinor\": 3000}"));
    assertThat(put.status()).as(put.toString()).isEqualTo(200);
    assertThat(put.header("ETag")).isEqualTo("\"1\"");
    assertThat(owner.get(path).json()).isEqualTo(put.json());
    assertThat(api.get(path("/services")).response().body()).contains("\"priceMinor\":3000");

    Reply without = send(owner, "PUT", path, "{\"offered\": false}", "If-Match", "\"1\"");
    assertThat(without.json().has("priceMinor")).as("all of it is replaced").isFalse();
    assertThat(api.get(shop.slots(day, shop.ben())).json().path("slots")).isEmpty();
    assertProblem(send(owner, "DELETE", path, "", "If-Match", "\"1\""), 412, "precondition-failed");

    Reply gone = send(owner, "DELETE", path, "");
    assertThat(gone.json()).isEqualTo(without.json());
    assertThat(gone.token()).isNotEmpty();
    assertProblem(send(owner, "DELETE", path, ""), 404, "barber-service-not-found");
    assertThat(api.get(shop.slots(day, shop.ben())).json().path("slots")).isNotEmpty();
    assertProblem(
        send(
            owner,
            "PUT",
            path("/barbers/%d/services/%d".formatted(shop.ben(), elsewhere.cut())),
            "{\"offered\": false}"),
        404,
        "service-not-found");
    assertProblem(send(owner, "PUT", path, "{}"), 400, "invalid-request");
  }

  @Test
  void currencyChangesWithThePriceAndNotUnderPricesOfBarbers() {
    String service = path("/services/" + shop.cut());
    assertThat(owner.patch(service, "{\"currency\": \"CHF\"}").errorFields())
        .containsExactly("priceMinor");
    String special = path("/barbers/%d/services/%d".formatted(shop.ben(), shop.cut()));
    send(owner, "PUT", special, "{\"offered\": true, \"priceMinor\": 3000}");

    Reply refused = owner.patch(service, "{\"currency\": \"CHF\", \"priceMinor\": 2600}");
    assertProblem(refused, 400, "invalid-request");
    assertThat(refused.errorFields()).containsExactly("currency");

    send(owner, "DELETE", special, "");
    assertThat(
            owner
                .patch(service, "{\"currency\": \"CHF\", \"priceMinor\": 2600}")
                .json()
                .path("currency")
                .asString())
        .isEqualTo("CHF");
  }

  @Test
  void currenciesOfAllContinentsAreTaken() {
    for (String currency : List.of("USD", "GBP", "CHF", "JPY", "KWD", "XOF", "BRL", "AUD", "INR")) {
      assertThat(
              owner
                  .patch(
                      path("/services/" + shop.cut()),
                      "{\"priceMinor\": 2500, \"currency\": \"%s\"}".formatted(currency))
                  .status())
          .as(currency)
          .isEqualTo(200);
    }
  }

  private String path(String rest) {
    return LOCATIONS + "/" + shop.id() + rest;
  }

  private String elsewhere(String rest) {
    return LOCATIONS + "/" + elsewhere.id() + rest;
  }

  private static String everyDay() {
    return Stream.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        .map(
            weekday ->
                "{\"weekday\": \"%s\", \"hours\": [{\"opensAt\": \"09:00\", \"closesAt\": \"12:00\"}]}"
                    .formatted(weekday.toUpperCase(java.util.Locale.ROOT)))
        .collect(java.util.stream.Collectors.joining(", ", "{\"days\": [", "]}"));
  }

  /** What was cached is answered anew after a write, and what has nothing to do with it is not. */
  static Reply assertFollows(
      ApiFixture api, String path, String other, java.util.function.Supplier<Reply> write) {
    api.get(other);
    Reply before = api.get(path);
    assertThat(api.get(path).isHit()).as(path).isTrue();
    Reply written = write.get();
    Reply after = api.get(path);
    assertThat(after.isHit()).as("%s after %s", path, written).isFalse();
    assertThat(after.json()).as("after %s", written).isNotEqualTo(before.json());
    assertThat(api.get(other).isHit()).as(other).isTrue();
    return written;
  }

  static Reply send(TestUser user, String method, String path, String json, String... headers) {
    var request = user.api().request(path, user.header());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return user.api()
        .send(
            request
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)));
  }

  private static List<String> actions(String target) {
    return api.sql()
        .sql("SELECT action FROM audit_log WHERE target = ? ORDER BY id")
        .param(target)
        .query(String.class)
        .list();
  }
}
