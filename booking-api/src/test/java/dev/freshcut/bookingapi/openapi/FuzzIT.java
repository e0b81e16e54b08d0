package dev.freshcut.bookingapi.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Reply;
import dev.freshcut.bookingapi.Shop;
import dev.freshcut.bookingapi.TestUser;
import dev.freshcut.bookingapi.openapi.Wire.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random requests to every operation of the OpenAPI document, in order and not. Whatever is sent,
 * the answer is one that the document describes: no 5xx, nothing about the inside.
 *
 * <p>{@code -Dfuzz.seeds=1,2} takes these seeds rather than one that is always taken and one that
 * is new; {@code -Dfuzz.requests} says how many requests each of them is good for.
 */
class FuzzIT {
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 11_000);
  private static final int GARBLED = REQUESTS / 20;
  private static final int WORKERS = 6;
  private static final int WORLD = 700;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static ApiFixture api;
  private static Description description;
  private static Judge judge;

  /** Reads whose cached answers are compared with the database's in the end. */
  private static final Set<String> CACHED = ConcurrentHashMap.newKeySet();

  private final Map<String, String> findings = new ConcurrentSkipListMap<>();
  private final Map<String, Map<Integer, Integer>> statuses = new ConcurrentSkipListMap<>();
  private final AtomicInteger sent = new AtomicInteger();

  static LongStream seeds() {
    String chosen = System.getProperty("fuzz.seeds");
    return chosen == null
        ? LongStream.of(1, new Random().nextLong() >>> 1)
        : java.util.Arrays.stream(chosen.split(",", -1)).mapToLong(Long::parseLong);
  }

  @BeforeAll
  static void start() throws IOException {
    String much = "10000000/10000000/10000000";
    api =
        new ApiFixture(
            Map.of(
                "freshcut.rate-limit.enabled", true,
                "freshcut.rate-limit.authentication", much,
                "freshcut.rate-limit.writes", much,
                "freshcut.rate-limit.analytics", much,
                "freshcut.rate-limit.reads", much,
                "freshcut.rate-limit.redis-timeout", "5s",
                // So that logins can come from many addresses.
                "freshcut.web.trusted-proxies", "127.0.0.1,::1"));
    description = new Description(api.get("/v3/api-docs").json());
    judge = new Judge(description);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyAnswerIsAsDescribed(long seed) throws Exception {
    long started = System.nanoTime();
    System.out.println("FuzzIT: -Dfuzz.seeds=" + seed);
    List<Callable<Void>> work =
        IntStream.range(0, WORKERS)
            .<Callable<Void>>mapToObj(
                worker ->
                    () -> {
                      work(new Random(seed * 31 + worker));
                      return null;
                    })
            .toList();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> done : workers.invokeAll(work)) {
        done.get();
      }
    }
    report(Duration.ofNanos(System.nanoTime() - started));

    assertThat(findings.values()).as("seed %d", seed).isEmpty();
    assertThat(sent.get()).isGreaterThanOrEqualTo(REQUESTS);
    assertThat(statuses).hasSameSizeAs(description.operations());
    assertThat(share(200, 299)).as("answers of success").isGreaterThan(0.1);
    serviceStillWorks();
    databaseIsConsistent();
    cacheIsTrue();
  }

  private void work(Random random) throws IOException {
    Pool pool = new Pool();
    List<Description.Operation> operations = new ArrayList<>(description.operations());
    try (Wire wire = new Wire(api.port())) {
      World world = World.make(api, wire, random, pool);
      Values values = new Values(description, random, pool, world.shop(), world.email());
      Shots shots = new Shots(random, values);
      for (int i = 0; i < REQUESTS / WORKERS + 1; i++) {
        if (i % operations.size() == 0) {
          Collections.shuffle(operations, random);
        }
        if (i % WORLD == WORLD - 1) {
          world = World.make(api, wire, random, pool);
          values.in(world.shop(), world.email());
        }
        Shot shot = shots.make(operations.get(i % operations.size()));
        world.sign(shot, random);
        if (shot.headers.stream().noneMatch(header -> header.startsWith("X-Forwarded-For"))) {
          shot.header("X-Forwarded-For", "10." + random.nextInt(256) + ".0." + random.nextInt(256));
        }
        fire(wire, shot, pool);
        if (i % (REQUESTS / GARBLED) == 0) {
          garble(shots, shot);
        }
      }
    }
  }

  private void fire(Wire wire, Shot shot, Pool pool) throws IOException {
    Response response;
    try {
      response = wire.exchange(shot.bytes(), shot.isBodiless());
    } catch (IOException | RuntimeException e) {
      finding(shot, "has no answer that can be read: " + e, "");
      wire.close();
      return;
    }
    sent.incrementAndGet();
    statuses
        .computeIfAbsent(shot.operation.toString(), name -> new ConcurrentSkipListMap<>())
        .merge(response.status(), 1, Integer::sum);
    judge
        .complaints(shot, response)
        .forEach(complaint -> finding(shot, complaint, response.status() + " " + response.text()));
    if (response.status() < 300 && !shot.astray && !response.text().isEmpty()) {
      learn(shot, response, pool);
    }
  }

  private static void learn(Shot shot, Response response, Pool pool) {
    try {
      pool.learn(shot.operation.path(), JSON.readTree(response.text()), response.status() == 201);
    } catch (JacksonException e) {
      return; // complained of by the judge
    }
    boolean cached =
        shot.method.equals("GET")
            && !shot.path.contains("/analytics/") // may be half a minute late
            && shot.caller.equals("operator")
            && response.header("cache-status").orElse("").matches("freshcut; (hit|fwd=miss).*")
            // Of bounded freshness: evicted by the worker alone, of which there is none here.
            && !shot.path.contains("/analytics/");
    if (cached && CACHED.size() < 300) {
      CACHED.add(shot.path + (shot.query.isEmpty() ? "" : "?" + shot.query));
    }
  }

  /** Sends bytes that may be no HTTP at all; they may be answered by several responses, or none. */
  private void garble(Shots shots, Shot shot) throws IOException {
    byte[] bytes = shots.garbled(shot);
    String answers = Wire.send(api.port(), bytes);
    sent.incrementAndGet();
    String what = Shot.printable(new String(bytes, StandardCharsets.ISO_8859_1));
    if (answers.matches("(?s)(.*\\n)?HTTP/1\\.1 5.*")) {
      findings.putIfAbsent("garbled 5xx", what + "\n" + answers);
    }
    Judge.internals(answers)
        .ifPresent(word -> findings.putIfAbsent("garbled " + word, what + "\n" + answers));
  }

  private void finding(Shot shot, String complaint, String answer) {
    if (findings.size() < 30) {
      findings.putIfAbsent(
          (complaint.startsWith("lacks") ? "" : shot.operation) + " " + Judge.kind(complaint),
          "\n%s: the answer %s\n%s\n=> %s\n"
              .formatted(shot.operation, complaint, shot, Shot.printable(answer)));
    }
  }

  private double share(int from, int to) {
    return statuses.values().stream()
            .flatMap(counts -> counts.entrySet().stream())
            .filter(count -> count.getKey() >= from && count.getKey() <= to)
            .mapToInt(Map.Entry::getValue)
            .sum()
        / (double) sent.get();
  }

  private void report(Duration took) {
    System.out.printf(
        "FuzzIT: %d requests to %d operations in %d s, %.0f %% of them answered with success%n",
        sent.get(), statuses.size(), took.toSeconds(), 100 * share(200, 299));
    statuses.forEach(
        (operation, counts) ->
            System.out.println(
                "FuzzIT: "
                    + operation
                    + " "
                    + new TreeMap<>(counts)
                    + (counts.containsKey(200) || counts.containsKey(201) || counts.containsKey(204)
                        ? ""
                        : " never succeeded")));
  }

  private static void serviceStillWorks() {
    Shop shop = Shop.open(api.sql(), "Europe/Paris");
    // Not the first operator, whom a request may have made something else.
    TestUser operator = TestUser.operator(api);
    // A read first: it is sent again where the connection has been idle for too long.
    assertThat(operator.get("/actuator/health/readiness").status()).isEqualTo(200);
    Reply booked =
        operator.post("/api/v1/appointments", shop.booking(shop.anna(), shop.day(3), "10:00"));
    assertThat(booked.status()).as(booked.toString()).isEqualTo(201);
    assertThat(operator.get(booked.header("Location")).json()).isEqualTo(booked.json());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        api.bean(HikariDataSource.class)
                            .getHikariPoolMXBean()
                            .getActiveConnections())
                    .isZero());
  }

  private static void databaseIsConsistent() {
    assertNone(
        "double bookings",
        """
        SELECT count(*) FROM appointments a JOIN appointments b ON a.barber_id = b.barber_id
          AND a.id < b.id AND a.busy_from < b.busy_until AND b.busy_from < a.busy_until
        WHERE occupies_time(a.status) AND occupies_time(b.status)
        """);
    assertNone(
        "appointments on another day than they say",
        """
        SELECT count(*) FROM appointments a JOIN locations l ON l.id = a.location_id
        WHERE occupies_time(a.status) AND (a.starts_at AT TIME ZONE l.time_zone)::date <> a.local_date
        """);
    assertNone(
        "text with control characters",
        "SELECT count(*) FROM user_identities WHERE name ~ '[\\x01-\\x1f\\x7f]'");
    assertNone(
        "transactions left open",
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND state LIKE 'idle in transaction%'
        """);
  }

  private static void assertNone(String what, String query) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(api.sql().sql(query).query(Long.class).single()).as(what).isZero());
  }

  /** Slots depend on the time of day, therefore more than one look. */
  private static void cacheIsTrue() {
    assertThat(CACHED).isNotEmpty();
    String token = "Bearer " + TestUser.operator(api).token();
    for (String path : CACHED) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                Reply cached = api.get(path, "Authorization", token);
                Reply read = api.get(path, "Authorization", token, "Cache-Control", "no-cache");
                assertThat(cached.status()).as(path).isEqualTo(read.status());
                assertThat(cached.json()).as(path).isEqualTo(read.json());
              });
    }
    CACHED.clear();
  }

  @Test
  void judgeComplains() throws IOException {
    Shot shot = new Shot(description.operations().getFirst());
    String problem =
        "{\"type\":\"urn:x\",\"title\":\"x\",\"status\":418,\"detail\":\"org.postgresql\",\"code\":\"x\"}";
    Response response =
        new Response(
            418,
            Map.of("content-type", List.of("application/problem+json"), "server", List.of("x")),
            problem);

    assertThat(String.join("\n", judge.complaints(shot, response)))
        .contains(
            "org.postgresql",
            "has server",
            "lacks x-frame-options",
            "the code x, which docs/errors.md",
            "the status 418, which the document does not list");
    assertThat(judge.complaints(shot, new Response(500, Map.of(), "")))
        .contains("is a failure of the service, 500");
  }
}
