package dev.freshcut.bookingapi;

import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.security.Tokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A user, made by SQL, with a token; she has no password. */
public record TestUser(ApiFixture api, long id, String email, String token) {
  private static final AtomicInteger COUNT = new AtomicInteger();

  public static TestUser client(ApiFixture api) {
    return make(api, Role.CLIENT, null);
  }

  public static TestUser barber(ApiFixture api, Shop shop) {
    return make(api, Role.BARBER, shop.id());
  }

  public static TestUser owner(ApiFixture api, Shop shop) {
    return make(api, Role.OWNER, shop.id());
  }

  public static TestUser operator(ApiFixture api) {
    return make(api, Role.OPERATOR, null);
  }

  public static TestUser make(ApiFixture api, Role role, @Nullable Long location) {
    String email = "user" + COUNT.incrementAndGet() + "@example.org";
    long id =
        api.sql()
            .sql(
                """
                WITH made AS (INSERT INTO users (role, location_id) VALUES (:role, :location)
                  RETURNING id)
                INSERT INTO user_identities (user_id, name, email)
                SELECT id, 'Zoë', :email FROM made RETURNING user_id
                """)
            .param("role", role.text())
            .param("location", location)
            .param("email", email)
            .query(Long.class)
            .single();
    return new TestUser(api, id, email, api.bean(Tokens.class).issue(id, 1).value());
  }

  /** The header that makes a request hers, name and value. */
  public String[] header() {
    return new String[] {"Authorization", "Bearer " + token};
  }

  public Reply get(String path) {
    return api.get(path, header());
  }

  public Reply post(String path, String json) {
    return api.post(path, json, header());
  }

  public Reply patch(String path, String json) {
    return api.send(
        api.request(path, header())
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }
}
