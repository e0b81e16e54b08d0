package dev.freshcut.bookingapi.openapi;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Shop;
import dev.freshcut.bookingapi.TestUser;
import dev.freshcut.bookingapi.security.Role;
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

  static World make(ApiFixture api, Random random, Pool pool) {
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
    String email = "registered" + shop.id() + "@example.org";
    api.post(
        "/api/v1/users",
        "{\"name\": \"Zoë\", \"email\": \"%s\", \"password\": \"%s\"}"
            .formatted(email, ApiFixture.PASSWORD));
    return new World(shop, users, email);
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
