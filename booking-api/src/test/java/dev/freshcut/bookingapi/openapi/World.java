package dev.freshcut.bookingapi.openapi;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Shop;
import dev.freshcut.bookingapi.TestUser;
import dev.freshcut.bookingapi.security.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A shop with users of every role. What the requests do to it – rows that are deleted, users who
 * are no longer active – ends with it: worlds follow each other.
 */
record World(Shop shop, Map<String, TestUser> users, String email) {
  private static final List<String> ZONES =
      List.of("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu");

  private static final List<String> NO_TOKENS =
      List.of(
          "Bearer",
          "Bearer x",
          "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
          "Bearer " + "x".repeat(4_000),
          "Basic b3BlcmF0b3I6eA==",
          "Digest x",
          "\"");

  static World make(ApiFixture api, Wire wire, Random random, Pool pool) throws IOException {
    Shop shop = Shop.open(api.sql(), ZONES.get(random.nextInt(ZONES.size())));
    Map<String, TestUser> users =
        Map.of(
            "client", TestUser.client(api),
            "barber", TestUser.barber(api, shop),
            "owner", TestUser.owner(api, shop),
            "operator", TestUser.operator(api));
    pool.begin();
    pool.addOwn("location", shop.id());
    pool.addOwn("barber", shop.ben());
    pool.addOwn("barber", shop.anna());
    pool.addOwn("service", shop.cut());
    pool.addOwn("user", Objects.requireNonNull(users.get("barber")).id());
    pool.addOwn("appointment", pastAppointment(api, shop));
    return new World(shop, users, register(wire, shop));
  }

  /** One that can be completed. */
  private static long pastAppointment(ApiFixture api, Shop shop) {
    long customer =
        Shop.id(
            api.sql(),
            "INSERT INTO customers (location_id, name, email) VALUES (?, 'Zoë', 'z@example.org')"
                + " RETURNING id",
            shop.id());
    return Shop.id(
        api.sql(),
        """
        INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at, status)
        VALUES (?, ?, ?, ?, ?, 'confirmed') RETURNING id
        """,
        shop.id(),
        shop.anna(),
        shop.cut(),
        customer,
        OffsetDateTime.parse(shop.at(shop.day(-2), "10:00")));
  }

  /** Somebody with a password. */
  private static String register(Wire wire, Shop shop) throws IOException {
    String email = "registered" + shop.id() + "@example.org";
    String body =
        "{\"name\": \"Ada\", \"email\": \"%s\", \"password\": \"%s\"}"
            .formatted(email, ApiFixture.PASSWORD);
    String request =
        "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    int status = wire.exchange(request.getBytes(StandardCharsets.UTF_8), false).status();
    if (status != 201) {
      throw new IllegalStateException("registration is answered with " + status);
    }
    return email;
  }

  /** Makes a request somebody's: of whoever may do most, often; of others and nobody, too. */
  void sign(Shot shot, Random random) {
    int who = random.nextInt(100);
    if (who < 6) {
      return;
    }
    if (who < 10) {
      shot.caller = "somebody with a bad token";
      shot.header("Authorization", NO_TOKENS.get(random.nextInt(NO_TOKENS.size())));
      return;
    }
    Role role =
        who < 35 ? Role.CLIENT : who < 45 ? Role.BARBER : who < 65 ? Role.OWNER : Role.OPERATOR;
    shot.caller = role.text();
    shot.header(
        "Authorization", "Bearer " + Objects.requireNonNull(users.get(role.text())).token());
  }
}
