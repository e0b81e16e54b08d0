package dev.freshcut.bookingapi.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Reply;
import dev.freshcut.bookingapi.SecondInstance;
import dev.freshcut.bookingapi.TestUser;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two instances with one Redis, behind a proxy. The quotas are small, and as small in a day as in a
 * minute, so that nothing comes back while a test runs.
 */
class RateLimitIT {
  private static final String PATH = "/api/v1/locations";
  private static final String CANCEL = "/api/v1/appointments/999999/cancel";
  private static final int READS = 6;
  private static ApiFixture api;
  private static SecondInstance second;
  private static int clients;

  @BeforeAll
  static void start() {
    ApiFixture.endShared();
    Map<String, Object> settings =
        new HashMap<>(
            Map.of(
                "freshcut.rate-limit.enabled", true,
                "freshcut.rate-limit.reads", "6/6/6",
                "freshcut.rate-limit.writes", "2/2/2",
                "freshcut.rate-limit.authentication", "2/2/2",
                "freshcut.rate-limit.redis-timeout", "5s",
                "freshcut.rate-limit.redis-pause", "500ms"));
    // This machine is the proxy.
    settings.put("freshcut.web.trusted-proxies", "127.0.0.1,::1");
    api = new ApiFixture(settings);
    settings.put("freshcut.cache.namespace", api.database().replace('_', '-'));
    second = new SecondInstance(api, settings);
  }

  @AfterAll
  static void stop() {
    second.close();
    api.close();
  }

  @AfterEach
  void startRedis() {
    ApiFixture.servers().redis().start();
  }

  @Test
  void instancesCountTogether() {
    String client = newClient();
    for (int i = 0; i < READS; i++) {
      Reply reply = i % 2 == 0 ? get(client) : second.getAsNobody(PATH, "X-Forwarded-For", client);
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    assertLimited(get(client));
    assertLimited(second.getAsNobody(PATH, "X-Forwarded-For", client));
    assertThat(get(newClient()).status()).isEqualTo(200);
  }

  @Test
  void answersSayWhatIsLeft() {
    String client = newClient();

    Reply reply = get(client);

    assertThat(reply.header("RateLimit-Policy"))
        .isEqualTo("\"minute\";q=6;w=60, \"hour\";q=6;w=3600, \"day\";q=6;w=86400");
    assertThat(reply.header("RateLimit"))
        .isEqualTo("\"minute\";r=5;t=10, \"hour\";r=5;t=600, \"day\";r=5;t=14400");
  }

  @Test
  void resourcesAreCountedApart() {
    String client = newClient();
    exhaust(client);

    Reply login = logIn(client);

    assertThat(login.status()).as(login.toString()).isEqualTo(401);
    assertThat(login.header("RateLimit")).startsWith("\"minute\";r=1;t=30");
    assertThat(logIn(client).status()).isEqualTo(401);
    assertLimited(logIn(client));
    assertThat(logIn(newClient()).status()).isEqualTo(401);
  }

  @Test
  void usersAreCountedWhereverTheyAre() {
    TestUser user = TestUser.client(api);
    TestUser other = TestUser.client(api);

    assertThat(cancel(user, newClient()).status()).isEqualTo(404);
    assertThat(
            second
                .post(
                    CANCEL, "", "X-Forwarded-For", newClient(), user.header()[0], user.header()[1])
                .status())
        .isEqualTo(404);
    assertLimited(cancel(user, newClient()));
    assertThat(cancel(other, newClient()).status()).isEqualTo(404);
  }

  @Test
  void whoIsRefusedAnywayIsNotCounted() {
    String client = newClient();
    for (int i = 0; i < 5; i++) {
      Reply reply = api.send(api.requestOfNobody(CANCEL, "X-Forwarded-For", client).GET());
      assertThat(reply.status()).isIn(401, 404, 405);
      assertThat(reply.header("RateLimit")).isEmpty();
    }
  }

  @Test
  void whatTheClientWritesInFrontOfItsAddressChangesNothing() {
    String client = newClient();
    IntStream.range(0, READS)
        .forEach(i -> assertThat(get("10.0.0." + i + ", " + client).status()).isEqualTo(200));

    assertLimited(get("192.0.2.77, " + client));
    assertLimited(get(client));
  }

  @Test
  void withoutATrustedProxyTheHeaderSaysNothing() {
    try (SecondInstance open =
        new SecondInstance(
            api,
            Map.of(
                "freshcut.rate-limit.enabled",
                true,
                "freshcut.rate-limit.reads",
                "2/2/2",
                "freshcut.cache.namespace",
                "spoofed-" + api.database().replace('_', '-')))) {
      assertThat(open.getAsNobody(PATH, "X-Forwarded-For", newClient()).status()).isEqualTo(200);
      assertThat(open.getAsNobody(PATH, "X-Forwarded-For", newClient()).status()).isEqualTo(200);
      assertLimited(open.getAsNobody(PATH, "X-Forwarded-For", newClient()));
    }
  }

  @Test
  void withoutRedisEachInstanceCountsAlone() {
    ApiFixture.servers().redis().stop();
    String client = newClient();
    exhaust(client);

    assertLimited(get(client));
    assertThat(second.getAsNobody(PATH, "X-Forwarded-For", client).status()).isEqualTo(200);

    ApiFixture.servers().redis().start();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              String other = newClient();
              get(other);
              assertThat(second.getAsNobody(PATH, "X-Forwarded-For", other).header("RateLimit"))
                  .contains("\"day\";r=4;");
            });
  }

  private static void exhaust(String client) {
    IntStream.range(0, READS).forEach(i -> assertThat(get(client).status()).isEqualTo(200));
  }

  private static Reply get(String forwardedFor) {
    return api.send(api.requestOfNobody(PATH, "X-Forwarded-For", forwardedFor).GET());
  }

  private static Reply logIn(String forwardedFor) {
    return api.send(
        api.requestOfNobody("/api/v1/login", "X-Forwarded-For", forwardedFor)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"email\": \"%s@example.org\", \"password\": \"wrong\"}"
                        .formatted(forwardedFor.replace('.', '-')))));
  }

  private static Reply cancel(TestUser user, String forwardedFor) {
    return api.post(
        CANCEL, "", "X-Forwarded-For", forwardedFor, user.header()[0], user.header()[1]);
  }

  private static String newClient() {
    clients++;
    return "198.18." + clients / 250 + "." + (1 + clients % 250);
  }

  private static void assertLimited(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(429);
    assertThat(reply.code()).isEqualTo("rate-limited");
    assertThat(reply.header("RateLimit")).contains("\"day\";r=0;");
    // One comes back after a sixth of a day (reads) or half of it, less what has passed meanwhile.
    long part = reply.header("RateLimit-Policy").contains("q=6;") ? 86_400 / 6 : 86_400 / 2;
    assertThat(Long.parseLong(reply.header("Retry-After"))).isBetween(part - 120, part);
  }
}
