package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is cached, for how long, and what the headers say of it. */
class CoherenceIT {
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
    shop = Shop.open(api.sql(), "America/New_York");
    day = shop.day(3);
  }

  @Test
  void everyCachedViewIsAMissThenAHit() {
    String location = "/api/v1/locations/" + shop.id();
    for (String path :
        List.of(
            shop.slots(day, shop.anna()),
            shop.slots(day, "any"),
            location + "/services",
            location + "/barbers",
            location + "/business-hours",
            location + "/barbers/" + shop.anna() + "/availability")) {
      Reply miss = api.get(path);
      Reply hit = api.get(path);

      assertThat(miss.status()).as(miss.toString()).isEqualTo(200);
      assertThat(miss.cacheStatus()).isEqualTo("freshcut; fwd=miss; stored");
      assertThat(miss.header("Age")).isEmpty();
      assertThat(hit.cacheStatus()).matches("freshcut; hit; ttl=\\d+");
      assertThat(Integer.parseInt(hit.header("Age"))).isBetween(0, 60);
      assertThat(hit.json()).isEqualTo(miss.json());
      assertThat(hit.header("Content-Type")).isEqualTo("application/json");
    }
  }

  @Test
  void answersMayNotBeKeptByCachesOnTheWay() {
    assertThat(api.get(shop.slots(day, "any")).header("Cache-Control"))
        .isEqualTo("private, no-cache");
  }

  @Test
  void oneEntryServesEveryZone() {
    Reply here = api.get(shop.slots(day, shop.anna()));
    Reply there = api.get(shop.slots(day, shop.anna()) + "&zone=Asia/Tokyo");

    assertThat(there.isHit()).isTrue();
    assertThat(here.json().at("/slots/0/startsAt").asString())
        .isEqualTo(shop.at(day, "09:00").replace("T09:00", "T09:00:00"));
    assertThat(there.json().at("/slots/0/startsAt").asString()).endsWith("+09:00");
    assertThat(there.json().path("timeZone").asString()).isEqualTo("America/New_York");
  }

  @Test
  void writeEvictsItsDayAndBarberAndNothingElse() {
    String annas = shop.slots(day, shop.anna());
    String any = shop.slots(day, "any");
    List<String> others =
        List.of(
            shop.slots(day, shop.ben()),
            shop.slots(day.plusDays(1), shop.anna()),
            shop.slots(day.plusDays(1), "any"),
            "/api/v1/locations/" + shop.id() + "/services");
    api.get(annas);
    api.get(any);
    others.forEach(api::get);

    api.post(APPOINTMENTS, shop.booking(shop.anna(), day, "10:00"));

    Reply after = api.get(annas);
    assertThat(after.cacheStatus()).startsWith("freshcut; fwd=miss");
    assertThat(starts(after)).doesNotContain(iso("09:30"), iso("10:00"), iso("10:30"));
    assertThat(starts(after)).contains(iso("09:00"), iso("11:00"));
    Reply anyAfter = api.get(any);
    assertThat(anyAfter.isHit()).as("the load is shared").isTrue();
    assertThat(barbersAt(anyAfter, iso("10:00"))).containsExactly(shop.ben());
    assertThat(barbersAt(anyAfter, iso("09:00"))).containsExactly(shop.anna(), shop.ben());
    for (String other : others) {
      assertThat(api.get(other).isHit()).as(other).isTrue();
    }
  }

  @Test
  void moveEvictsBothDaysAndBothBarbers() {
    Reply made = api.post(APPOINTMENTS, shop.booking(shop.anna(), day, "10:00"));
    String from = shop.slots(day, shop.anna());
    String to = shop.slots(day.plusDays(1), shop.ben());
    String untouched = shop.slots(day, shop.ben());
    List.of(from, to, untouched).forEach(api::get);

    api.post(
        made.header("Location") + "/move",
        "{\"startsAt\": \"%s\", \"barberId\": %d}"
            .formatted(shop.at(day.plusDays(1), "10:00"), shop.ben()));

    assertThat(api.get(from).isHit()).isFalse();
    assertThat(api.get(to).isHit()).isFalse();
    assertThat(api.get(untouched).isHit()).isTrue();
    assertThat(starts(api.get(from))).contains(iso("10:00"));
  }

  @Test
  void cancelEvictsAndRefusedWritesDoNot() {
    Reply made = api.post(APPOINTMENTS, shop.booking(shop.anna(), day, "10:00"));
    String annas = shop.slots(day, shop.anna());
    api.get(annas);

    api.post(APPOINTMENTS, shop.booking(shop.anna(), day, "10:00"));
    assertThat(api.get(annas).isHit()).isTrue();

    api.post(made.header("Location") + "/cancel", "");
    Reply after = api.get(annas);
    assertThat(after.isHit()).isFalse();
    assertThat(starts(after)).contains(iso("10:00"));
  }

  @Test
  void tokenReachesPastEntriesThatLackTheWrite() {
    String annas = shop.slots(day, shop.anna());
    api.get(annas);
    // As if another instance had written: the entry is still there.
    Reply stale = api.get(annas);
    String token = writeBehindTheApi();

    Reply without = api.get(annas);
    Reply with = api.get(annas, "Consistency-Token", token);
    Reply afterwards = api.get(annas);

    assertThat(without.isHit()).isTrue();
    assertThat(without.json()).isEqualTo(stale.json());
    assertThat(with.cacheStatus()).isEqualTo("freshcut; fwd=request; detail=token; stored");
    assertThat(starts(with)).doesNotContain(iso("10:00"));
    assertThat(afterwards.isHit()).isTrue();
    assertThat(afterwards.json()).isEqualTo(with.json());
    assertThat(api.get(annas, "Consistency-Token", token).isHit()).isTrue();
  }

  @Test
  void noCacheReadsTheDatabase() {
    String annas = shop.slots(day, shop.anna());
    api.get(annas);
    writeBehindTheApi();

    Reply strong = api.get(annas, "Cache-Control", "max-age=5, No-Cache");

    assertThat(strong.cacheStatus()).isEqualTo("freshcut; fwd=bypass; detail=requested");
    assertThat(starts(strong)).doesNotContain(iso("10:00"));
    assertThat(api.get(annas).isHit()).isTrue();
  }

  @Test
  void tokenOfAWriteThatNeverWasIsRefused() {
    Reply reply = api.get(shop.slots(day, shop.anna()), "Consistency-Token", "x1-zzzzzzzz");

    AppointmentsIT.assertProblem(reply, 400, "unknown-consistency-token");
  }

  @Test
  void weekIsToldInTheLocationsZone() {
    Reply week = api.get("/api/v1/locations/" + shop.id() + "/business-hours");
    Reply anna =
        api.get("/api/v1/locations/%d/barbers/%d/availability".formatted(shop.id(), shop.anna()));

    assertThat(week.json().path("timeZone").asString()).isEqualTo("America/New_York");
    assertThat(week.json().path("days").size()).isEqualTo(7);
    assertThat(week.json().at("/days/0/weekday").asString()).isEqualTo("MONDAY");
    assertThat(week.json().at("/days/0/hours/0/closesAt").asString()).isEqualTo("18:00");
    assertThat(week.json().at("/days/6/hours").isEmpty()).isTrue();
    assertThat(anna.json().at("/days/6/hours/0/opensAt").asString()).isEqualTo("09:00");
  }

  @Test
  void readsAreCounted() {
    api.get(shop.slots(day, shop.anna()));

    assertThat(api.get("/actuator/prometheus").response().body())
        .contains(
            "freshcut_cache_reads_seconds_count{detail=\"absent\",family=\"slots\",result=\"miss\"}");
  }

  @Test
  void requestsAreCountedAndTheirFiltersAreNot() {
    api.get(shop.slots(day, shop.anna()));

    // A request is counted when it is over, which may be after its answer has arrived.
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(api.get("/actuator/prometheus").response().body())
                    .contains("http_server_requests_seconds_count{")
                    .contains("uri=\"/api/v1/locations/{locationId}/slots\"")
                    .doesNotContain("spring_security"));
  }

  /** Books Anna at 10:00 by SQL, and returns the token of that. */
  private String writeBehindTheApi() {
    long customer =
        Shop.id(
            api.sql(),
            "INSERT INTO customers (location_id, name, email) VALUES (?, 'A', 'a@b.example') RETURNING id",
            shop.id());
    long xid =
        Shop.id(
            api.sql(),
            """
            INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at)
            VALUES (?, ?, ?, ?, ?::timestamptz) RETURNING pg_current_xact_id()::text::bigint
            """,
            shop.id(),
            shop.anna(),
            shop.cut(),
            customer,
            shop.at(day, "10:00"));
    return "x1-" + Long.toString(xid, 36);
  }

  private String iso(String time) {
    return shop.at(day, time).replace("T" + time, "T" + time + ":00");
  }

  private static List<String> starts(Reply reply) {
    return reply
        .json()
        .path("slots")
        .valueStream()
        .map(s -> s.path("startsAt").asString())
        .toList();
  }

  private static List<Long> barbersAt(Reply reply, String start) {
    return reply
        .json()
        .path("slots")
        .valueStream()
        .filter(slot -> slot.path("startsAt").asString().equals(start))
        .flatMap(slot -> slot.path("barberIds").valueStream())
        .map(id -> id.asLong())
        .toList();
  }
}
