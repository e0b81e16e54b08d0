package dev.freshcut.bookingapi.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Reply;
import dev.freshcut.bookingapi.Shop;
import dev.freshcut.bookingapi.TestClock;
import dev.freshcut.bookingapi.TestUser;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every figure against {@link Reference}, over random rows, and some against a pencil. */
class AnalyticsIT {
  /** A Wednesday, at noon where the hand-made shop is. */
  private static final String NOW = "2026-04-08T11:00:00Z";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static ApiFixture api;

  @BeforeAll
  static void start() {
    api = new ApiFixture(Map.of(TestClock.SETTING, NOW));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  /**
   * Around a change of the clock: by an hour at two or three, by half an hour, at midnight forward
   * and back, and never; around New Year, when week and year differ.
   */
  @ParameterizedTest
  @CsvSource({
    "Europe/Paris, 2026-03-29",
    "Europe/Paris, 2025-10-26",
    "America/New_York, 2026-03-08",
    "America/New_York, 2025-11-02",
    "Australia/Lord_Howe, 2026-04-05",
    "Australia/Lord_Howe, 2025-10-05",
    "America/Havana, 2026-03-08",
    "America/Havana, 2025-11-02",
    "Asia/Kathmandu, 2027-01-01",
    "Pacific/Kiritimati, 2025-12-31",
    "Pacific/Pago_Pago, 2026-04-08"
  })
  void figuresAreThoseOfTheReference(String zone, LocalDate middle) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int days = 24;
    LocalDate first = middle.minusDays(days / 2);
    long id = new RandomShop(api.sql(), random, ZoneId.of(zone), first, days).make();
    Reference reference = new Reference(ShopRows.read(api.sql(), id));
    LocalDate today = LocalDate.ofInstant(Instant.parse(NOW), ZoneId.of(zone));

    for (int i = 0; i < 4; i++) {
      LocalDate from = first.plusDays(random.nextInt(days));
      LocalDate to = from.plusDays(random.nextInt(days));
      if (i == 0) {
        from = middle;
        to = middle;
      }
      String dates = "from=%s&to=%s".formatted(from, to);
      String as = "seed %d, %s, %s".formatted(seed, zone, dates);
      for (String by : List.of("day", "week", "month")) {
        assertSame(as, id, "revenue?" + dates + "&by=" + by, reference.revenue(from, to, by));
      }
      int within = 1 + random.nextInt(20);
      assertSame(
          as,
          id,
          "clients?" + dates + "&within=" + within,
          reference.clients(from, to, within, today));
      assertSame(as, id, "services?" + dates, reference.services(from, to));
      assertSame(as, id, "business?" + dates, reference.business(from, to));
    }
    assertSame("seed %d, %s".formatted(seed, zone), id, "dashboard", reference.dashboard(today));
  }

  private static void assertSame(String as, long id, String path, Map<String, Object> expected) {
    Reply reply = get(id, path);
    assertThat(reply.status()).as(as + " " + path + reply).isEqualTo(200);
    assertThat(JSON.readTree(reply.response().body()))
        .as(as + " " + path)
        .isEqualTo(JSON.readTree(JSON.writeValueAsString(expected)));
  }

  private static Reply get(long id, String path) {
    return api.get("/api/v1/locations/" + id + "/analytics/" + path);
  }

  /**
   * Paris, 2026: two who come on Monday 30 March; one of them again on 7 April, who pays 25.00 and
   * a tip of 5.00, and gets 10.00 back on the 8th; one who does not come.
   */
  @Test
  void figuresByHand() {
    Shop shop = Shop.open(api.sql(), "Europe/Paris");
    long zoe = customer(shop, "zoe@example.org");
    long ann = customer(shop, "ann@example.org");
    long first = visit(shop, zoe, shop.anna(), "2026-03-30T10:00", "completed");
    visit(shop, ann, shop.ben(), "2026-03-30T11:00", "completed");
    long second = visit(shop, zoe, shop.anna(), "2026-04-07T10:00", "completed");
    visit(shop, ann, shop.anna(), "2026-04-07T12:00", "no_show");
    visit(shop, ann, shop.ben(), "2026-04-09T09:00", "confirmed");
    pay(shop, first, "payment", null, 2000, 0, "2026-03-30T10:30");
    long paid = pay(shop, second, "payment", null, 3000, 500, "2026-04-07T10:30");
    pay(shop, second, "refund", paid, 1000, 0, "2026-04-08T00:00");

    JsonNode revenue = get(shop.id(), "revenue?from=2026-03-30&to=2026-04-12&by=week").json();
    assertThat(revenue.path("totals").toString())
        .isEqualTo(
            JSON.readTree(
                    """
                    [{"currency": "EUR", "payments": 2, "grossMinor": 4500, "refundedMinor": 1000,
                      "netMinor": 3500, "tipsMinor": 500, "averageTicketMinor": 2250}]
                    """)
                .toString());
    assertThat(column(revenue.path("periods"), "period")).containsExactly("2026-W14", "2026-W15");
    assertThat(column(revenue.path("periods"), "netMinor")).containsExactly("2000", "1500");
    assertThat(column(revenue.path("barbers"), "name")).containsExactly("Anna");

    JsonNode clients = get(shop.id(), "clients?from=2026-03-30&to=2026-04-12&within=8").json();
    assertThat(clients.path("newClients").asLong()).isEqualTo(2);
    assertThat(clients.path("returningClients").asLong()).isZero();
    assertThat(clients.path("visits").asLong()).isEqualTo(3);
    assertThat(clients.path("noShowRate").asDouble()).isEqualTo(0.25);
    assertThat(clients.at("/retention/clients").asLong()).isEqualTo(2);
    assertThat(clients.at("/retention/rate").asDouble()).isEqualTo(0.5);
    assertThat(clients.at("/lifetimeValues/0/customerId").asLong()).isEqualTo(zoe);
    assertThat(clients.at("/lifetimeValues/0/netMinor").asLong()).isEqualTo(3500);

    JsonNode services = get(shop.id(), "services?from=2026-03-30&to=2026-04-12").json();
    assertThat(services.at("/services/0/bookings").asLong()).isEqualTo(5);
    assertThat(services.at("/services/0/bookedMinutes").asLong()).isEqualTo(120);

    // A week: seven days of eight hours for each of two; the no-show and the next week do not
    // count.
    JsonNode business = get(shop.id(), "business?from=2026-04-06&to=2026-04-12").json();
    assertThat(business.path("workingMinutes").asLong()).isEqualTo(2 * 7 * 480);
    assertThat(business.path("bookedMinutes").asLong()).isEqualTo(60);
    assertThat(business.path("occupancy").toString()).isEqualTo("0.0089");
    assertThat(business.path("peakHours").toString())
        .isEqualTo(
            "[{\"weekday\":2,\"hour\":10,\"bookings\":1},{\"weekday\":2,\"hour\":12,\"bookings\":1},"
                + "{\"weekday\":4,\"hour\":9,\"bookings\":1}]");
    assertThat(column(business.path("scores"), "name"))
        .containsExactly("revenue-pace", "retention", "occupancy", "reliability", "growth");
    // 15.00 after 20.00; one of two came again; 60 of 6720 minutes; one of two kept; one after two.
    assertThat(column(business.path("scores"), "score"))
        .containsExactly("38", "50", "1", "50", "25");

    JsonNode dashboard = get(shop.id(), "dashboard").json();
    assertThat(dashboard.at("/today/revenue/0/netMinor").asLong()).isEqualTo(-1000);
    assertThat(dashboard.at("/yesterday/revenue/0/netMinor").asLong()).isEqualTo(2500);
    assertThat(dashboard.at("/yesterday/revenue/0/tipsMinor").asLong()).isEqualTo(500);
    assertThat(dashboard.at("/thisWeek/bookings").asLong()).isEqualTo(2);
    assertThat(dashboard.at("/lastWeek/newClients").asLong()).isEqualTo(2);
    assertThat(dashboard.at("/lastWeek/to").asString()).isEqualTo("2026-04-01");
  }

  private static List<String> column(JsonNode rows, String name) {
    return rows.valueStream().map(row -> row.path(name).asString()).toList();
  }

  private static long customer(Shop shop, String email) {
    return Shop.id(
        api.sql(),
        "INSERT INTO customers (location_id, name, email) VALUES (?, 'C', ?) RETURNING id",
        shop.id(),
        email);
  }

  private static long visit(Shop shop, long customer, long barber, String at, String status) {
    return Shop.id(
        api.sql(),
        """
        INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at, status)
        VALUES (?, ?, ?, ?, ?::timestamp AT TIME ZONE 'Europe/Paris', ?) RETURNING id
        """,
        shop.id(),
        barber,
        shop.cut(),
        customer,
        at,
        status);
  }

  private static long pay(
      Shop shop,
      long appointment,
      String kind,
      @Nullable Object refundOf,
      long amount,
      long tip,
      String at) {
    return Shop.id(
        api.sql(),
        """
        INSERT INTO payments (location_id, appointment_id, kind, refund_of, method, status,
          amount_minor, tip_minor, currency, paid_at)
        VALUES (?, ?, ?, %s, 'card', 'settled', ?, ?, 'EUR', ?::timestamp AT TIME ZONE 'Europe/Paris')
        RETURNING id
        """
            .formatted(refundOf),
        shop.id(),
        appointment,
        kind,
        amount,
        tip,
        at);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "revenue?to=2026-04-01",
        "revenue?from=2026-04-01",
        "revenue?from=2026-04-02&to=2026-04-01",
        "revenue?from=2026-04-01&to=2027-04-02",
        "revenue?from=1999-12-31&to=2000-01-01",
        "revenue?from=2026-04-01&to=2026-04-02&by=year",
        "clients?from=2026-04-01&to=2026-04-02&within=0",
        "clients?from=2026-04-01&to=2026-04-02&within=367",
        "services?from=2026-04-31&to=2026-05-02",
        "business?from=2026-04-01&to=%2B999999999-01-01"
      })
  void periodsHaveBounds(String path) {
    Reply reply = get(Shop.open(api.sql(), "Europe/Paris").id(), path);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("invalid-request");
    assertThat(reply.errorFields()).hasSize(1);
  }

  @Test
  void figuresAreTheOwners() {
    Shop shop = Shop.open(api.sql(), "Europe/Paris");
    Shop other = Shop.open(api.sql(), "Europe/Paris");
    for (String path :
        List.of(
            "dashboard",
            "revenue?from=2026-04-01&to=2027-04-01",
            "clients?from=2026-04-01&to=2026-04-02",
            "services?from=2026-04-01&to=2026-04-02",
            "business?from=2026-04-01&to=2026-04-02")) {
      String address = "/api/v1/locations/" + shop.id() + "/analytics/" + path;
      assertThat(TestUser.owner(api, shop).get(address).status()).as(path).isEqualTo(200);
      assertThat(api.get(address).isHit()).as(path).isTrue();
      Reply refused = TestUser.owner(api, other).get(address);
      assertThat(refused.status()).as(path).isEqualTo(404);
      assertThat(refused.code()).isEqualTo("location-not-found");
      assertThat(get(999_999, path).code()).isEqualTo("location-not-found");
    }
  }
}
