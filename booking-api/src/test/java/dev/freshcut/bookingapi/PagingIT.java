package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists: in order, whole, filtered, and page by page. */
class PagingIT {
  private static ApiFixture api;
  private static Shop shop;
  private static LocalDate day;
  private static String path;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
    shop = Shop.open(api.sql(), "Europe/Paris");
    Shop other = Shop.open(api.sql(), "America/New_York");
    day = shop.day(3);
    path = "/api/v1/appointments?location=" + shop.id();
    // Not in the order of time; two begin at the same time.
    book(shop, shop.anna(), day.plusDays(1), "09:00");
    book(shop, shop.anna(), day, "12:00");
    book(shop, shop.ben(), day, "09:00");
    book(shop, shop.anna(), day, "09:00");
    book(shop, shop.ben(), day.plusDays(2), "16:00");
    book(other, other.anna(), day, "09:00");
    Reply gone = book(shop, shop.ben(), day.plusDays(1), "10:00");
    api.post(gone.header("Location") + "/cancel", "");
  }

  private static Reply book(Shop at, long barber, LocalDate date, String time) {
    Reply made = api.post("/api/v1/appointments", at.booking(barber, date, time));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    return made;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 7, 100})
  void appointmentsAreInOrderOnPagesOfEverySize(int limit) {
    assertThat(all(path, limit)).isEqualTo(inOrder("true")).hasSize(6);
  }

  @Test
  void filtersAreOneAfterTheOther() {
    assertThat(all(path + "&barber=" + shop.anna(), 2))
        .isEqualTo(inOrder("barber_id = " + shop.anna()))
        .hasSize(3);
    assertThat(all(path + "&from=" + day.plusDays(1), 2))
        .isEqualTo(inOrder("local_date >= '%s'".formatted(day.plusDays(1))))
        .hasSize(3);
    assertThat(all(path + "&to=" + day, 2))
        .isEqualTo(inOrder("local_date <= '%s'".formatted(day)))
        .hasSize(3);
    assertThat(all(path + "&status=cancelled", 2)).hasSize(1);
    assertThat(
            all(
                path + "&status=confirmed&barber=%d&from=%s&to=%s".formatted(shop.ben(), day, day),
                2))
        .hasSize(1);
    assertThat(all("/api/v1/appointments?location=999999", 2)).isEmpty();
  }

  @Test
  void whatComesAndGoesMeanwhileNeitherRepeatsNorHidesOthers() {
    LocalDate later = day.plusDays(30);
    for (String time : List.of("09:00", "10:00", "11:00", "12:00")) {
      book(shop, shop.anna(), later, time);
    }
    String path = PagingIT.path + "&from=" + later;
    Reply first = api.get(path + "&limit=2");
    long gone = first.json().path("items").get(0).path("id").asLong();
    api.sql().sql("DELETE FROM appointments WHERE id = ?").param(gone).update();

    Reply second = api.get(path + "&limit=2&cursor=" + first.json().path("nextCursor").asString());

    assertThat(ids(second)).isEqualTo(inOrder("local_date = '%s'".formatted(later)).subList(1, 3));
    api.sql().sql("DELETE FROM appointments WHERE local_date = ?").param(later).update();
  }

  @Test
  void cursorIsOfOneListOnly() {
    String cursor = api.get(path + "&limit=2").json().path("nextCursor").asString();

    for (String query :
        List.of(
            path + "&status=confirmed&cursor=" + cursor,
            "/api/v1/locations?cursor=" + cursor,
            path + "&cursor=" + cursor.substring(1),
            path + "&cursor=%00",
            path + "&cursor=")) {
      Reply reply = api.get(query);
      AppointmentsIT.assertProblem(reply, 400, "invalid-request");
      assertThat(reply.errorFields()).containsExactly("cursor");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=",
        "barber=0",
        "barber=x",
        "from=yesterday",
        "from=1999-12-31",
        "to=+999999999-01-01",
        "status=gone",
        "to=2200-01-01"
      })
  void filtersHaveBounds(String filter) {
    Reply reply = api.get(path + "&" + filter.replace("+", "%2B"));

    AppointmentsIT.assertProblem(reply, 400, "invalid-request");
    assertThat(reply.errorFields()).containsExactly(filter.substring(0, filter.indexOf('=')));
  }

  @Test
  void clientsSeeTheirOwnAndStaffTheirLocations() {
    TestUser client = TestUser.client(api);
    TestUser barber = TestUser.barber(api, shop);
    Shop other = Shop.open(api.sql(), "Europe/Paris");
    String body = other.booking(other.anna(), day, "15:00");
    Reply hers =
        client.post(
            "/api/v1/appointments",
            body.substring(0, body.lastIndexOf(",", body.indexOf("customer"))) + "}");
    assertThat(hers.status()).as(hers.toString()).isEqualTo(201);
    book(other, other.ben(), day, "15:00");

    assertThat(ids(client.get("/api/v1/appointments")))
        .containsExactly(hers.json().path("id").asLong());
    assertThat(ids(client.get(path))).isEmpty();
    assertThat(ids(barber.get("/api/v1/appointments"))).isEqualTo(inOrder("true"));
    AppointmentsIT.assertProblem(
        barber.get("/api/v1/appointments?location=" + other.id()), 404, "location-not-found");
    Reply everything = api.get("/api/v1/appointments");
    AppointmentsIT.assertProblem(everything, 400, "invalid-request");
    assertThat(everything.errorFields()).containsExactly("location");
  }

  @Test
  void daysAreInOrder() {
    Reply reply = api.get(path + "&from=%s&to=%s".formatted(day, day.minusDays(1)));

    assertThat(reply.errorFields()).containsExactly("to");
  }

  @Test
  void locationsArePaged() {
    for (int i = 0; i < 5; i++) {
      Shop.open(api.sql(), "UTC");
    }

    assertThat(all("/api/v1/locations?", 3))
        .isEqualTo(api.sql().sql("SELECT id FROM locations ORDER BY id").query(Long.class).list());
  }

  private static List<Long> inOrder(String condition) {
    return api.sql()
        .sql(
            "SELECT id FROM appointments WHERE location_id = ? AND %s ORDER BY starts_at, id"
                .formatted(condition))
        .param(shop.id())
        .query(Long.class)
        .list();
  }

  private static List<Long> all(String query, int limit) {
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      Reply page = api.get(query + "&limit=" + limit + cursor);
      assertThat(page.status()).as(page.toString()).isEqualTo(200);
      assertThat(ids(page)).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(ids(page));
      String next = page.json().path("nextCursor").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return seen;
  }

  private static List<Long> ids(Reply page) {
    return page.json().path("items").valueStream().map(item -> item.path("id").asLong()).toList();
  }
}
