package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Without Redis, or without anyone who evicts, answers are right and come from the database;
 * without the database they come from the cache, or say that it is away.
 */
class OutageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WITHOUT_REDIS = "without-redis";

  private ApiFixture api;
  private Shop shop;
  private LocalDate day;

  @BeforeAll
  static void alone() {
    ApiFixture.endShared();
  }

  /**
   * Waits for Redis for long, as the machine may be busy; but for less where it is away and every
   * wait is to its end.
   */
  @BeforeEach
  void start(TestInfo test) {
    api =
        new ApiFixture(
            Map.of(
                "freshcut.cache.watermark-bound", "5m",
                "freshcut.cache.redis-timeout",
                    test.getTags().contains(WITHOUT_REDIS) ? "1s" : "5s",
                "freshcut.cache.evict-timeout", "1s",
                "freshcut.booking.statement-timeout", "5s",
                "spring.datasource.hikari.connection-timeout", "5000"));
    shop = Shop.open(api.sql(), "Europe/Paris");
    day = shop.day(3);
  }

  @AfterEach
  void stop() {
    ApiFixture.servers().redis().start();
    ApiFixture.servers().postgres().start();
    api.close();
  }

  @Test
  void withoutWatermarkReadsBypassTheCache() {
    Reply reply = api.get(shop.slots(day, "any"));

    assertThat(reply.cacheStatus()).isEqualTo("freshcut; fwd=bypass; detail=watermark");
    assertHealth("DEGRADED", "watermark");

    moveWatermark();
    await().atMost(PATIENCE).untilAsserted(() -> assertHealth("UP", null));
    // Longer ago than the bound.
    api.watermark(now().minusSeconds(3600));
    await().atMost(PATIENCE).untilAsserted(() -> assertHealth("DEGRADED", "watermark"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(api.get(shop.slots(day, "any")).cacheStatus())
                    .isEqualTo("freshcut; fwd=bypass; detail=watermark"));
  }

  @Test
  @Tag(WITHOUT_REDIS)
  void withoutRedisReadsAndWritesGoOn() {
    moveWatermark();
    ApiFixture.servers().redis().stop();

    Reply read = api.get(shop.slots(day, shop.anna()));
    Reply written = api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "10:00"));
    Reply after = api.get(shop.slots(day, shop.anna()));

    assertThat(read.status()).isEqualTo(200);
    assertThat(read.cacheStatus()).startsWith("freshcut; fwd=bypass; detail=");
    assertThat(written.status()).isEqualTo(201);
    assertThat(after.json().path("slots").toString()).doesNotContain("T10:00:00+");
    assertHealth("DEGRADED", "redis");

    ApiFixture.servers().redis().start();
    moveWatermark();
    await().atMost(PATIENCE).untilAsserted(() -> assertHealth("UP", null));
  }

  @Test
  void withoutDatabaseCachedAnswersRemain() {
    moveWatermark();
    String cached = shop.slots(day, shop.anna());
    api.get(cached);
    ApiFixture.servers().postgres().stop();

    assertThat(api.get(cached).isHit()).isTrue();
    assertUnavailable(api.get(shop.slots(day.plusDays(1), shop.anna())));
    assertUnavailable(api.get(cached, "Cache-Control", "no-cache"));
    assertUnavailable(api.get("/api/v1/locations"));
    assertUnavailable(api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "10:00")));

    ApiFixture.servers().postgres().start();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(api.get("/api/v1/locations").status()).isEqualTo(200));
  }

  @Test
  void writeThatWaitsTooLongIsGivenUp() throws SQLException {
    try (Connection other = api.connection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT FROM barbers WHERE id = %d FOR UPDATE".formatted(shop.anna()));

      assertUnavailable(api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "10:00")));
      other.rollback();
    }
    assertThat(api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "10:00")).status())
        .isEqualTo(201);
  }

  private static void assertUnavailable(Reply reply) {
    AppointmentsIT.assertProblem(reply, 503, "database-unavailable");
    assertThat(reply.header("Retry-After")).isEqualTo("1");
  }

  private void moveWatermark() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              api.watermark(now());
              assertThat(api.get(shop.slots(day, shop.ben())).isHit()).isTrue();
            });
  }

  private void assertHealth(String status, @Nullable String bypass) {
    Reply health = api.get("/actuator/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json().path("status").asString()).isEqualTo(status);
    assertThat(health.json().at("/components/cache/status").asString()).isEqualTo(status);
    if (bypass != null) {
      assertThat(health.json().at("/components/cache/details/bypass").asString()).isEqualTo(bypass);
    }
    Reply readiness = api.get("/actuator/health/readiness");
    assertThat(readiness.json().path("status").asString()).isEqualTo("UP");
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }
}
