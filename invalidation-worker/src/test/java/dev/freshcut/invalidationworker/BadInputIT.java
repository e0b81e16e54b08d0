package dev.freshcut.invalidationworker;

import static dev.freshcut.invalidationworker.WorkerFixture.count;
import static dev.freshcut.invalidationworker.WorkerFixture.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.StampedStore.Fill;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.sharedevents.change.ChangeHeaders;
import dev.freshcut.sharedevents.change.DeadLetterHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Records that can't be worked on: none stops the worker, and none leaves a stale entry. */
class BadInputIT {
  private static final String DAY = "2026-11-23";
  private static final String GOOD =
      Changes.envelope("public.items", "c", "null", Changes.item(1, DAY, "a", 1), 1_000);
  private static final AtomicInteger shops = new AtomicInteger(100);

  private static WorkerFixture fixture;
  private static ConfigurableApplicationContext worker;

  @BeforeAll
  static void start() {
    fixture = new WorkerFixture();
    worker = fixture.start(Map.of("freshcut.worker.record.max-bytes", 4_000));
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private static List<ConsumerRecord<byte[], byte[]>> deadLetters(String value) {
    return fixture.records("dead-letter").stream()
        .filter(record -> new String(record.value(), UTF_8).equals(value))
        .toList();
  }

  /**
   * An entry of a shop of its own. What earlier tests' records still owe is evicted at any time,
   * and a fill that it meets half-way is refused.
   */
  private static CacheKey filled(long floor) {
    return eventually()
        .until(
            () -> {
              CacheKey key = fixture.item(shops.incrementAndGet(), DAY, "a");
              return fixture.fill(key, floor) == Fill.STORED ? key : null;
            },
            Objects::nonNull);
  }

  /** The worker goes on: a change that comes after is worked on. */
  private static void goesOn() {
    CacheKey later = filled(2_000);
    fixture.changes.created(shops.get(), DAY, "a", 2_000);
    fixture.evicted(later);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "malformed JSON        | NOT_JSON     | 1000",
        "no JSON at all        | NOT_JSON     | 1000",
        "another shape         | NOT_A_CHANGE | 1000",
        "oversized             | TOO_LARGE    | 1000",
        "too deep              | TOO_COMPLEX  | 1000",
        "another table's       | OTHER_TABLE  | 1000",
        "missing column        | UNRESOLVABLE | 1000",
        "wrong type            | UNRESOLVABLE | 1000",
        "no old row            | UNRESOLVABLE | 1000",
        "bad header: -5        | BAD_XID      | -5",
        "bad header: huge      | BAD_XID      | 99999999999999999999",
        "bad header: text      | BAD_XID      | x",
        "header of another     | BAD_XID      | 1001",
        "no transaction at all | NO_XID       |",
      })
  void isDeadLetteredAndAllThatItMayHaveChangedIsEvicted(String what, String kind, String header) {
    fixture.changes.beat(Instant.now(), 1_500, 900); // so that there is a highest transaction
    CacheKey reachable = filled(900);
    String value = GOOD + " ".repeat(shops.get() % 50) + "\n".repeat(shops.get() / 50);
    value =
        switch (what) {
          case "malformed JSON" -> value.replace("\"op\"", "op");
          case "no JSON at all" -> "hello " + shops.get();
          case "another shape" -> "{\"hello\":" + shops.get() + "}";
          case "oversized" -> value.replace("\"x\"", "\"" + "x".repeat(5_000) + "\"");
          case "too deep" -> value.replace("\"x\"", "[".repeat(100) + "]".repeat(100));
          case "another table's" -> value.replace("\"items\"", "\"notes\"");
          case "missing column" -> value.replace("\"day\"", "\"date\"");
          case "wrong type" -> value.replace("\"" + DAY + "Z\"", "\"tomorrow\"");
          case "no old row" -> value.replace("\"op\":\"c\"", "\"op\":\"u\"");
          case "no transaction at all" -> value.replace("\"txId\":1000", "\"txId\":null");
          default -> value;
        };
    fixture.changes.raw(fixture.prefix + ".public.items", 1, value.getBytes(UTF_8), header);

    fixture.evicted(reachable);
    String sent = value;
    eventually().untilAsserted(() -> assertThat(deadLetters(sent)).hasSize(1));
    ConsumerRecord<byte[], byte[]> letter = deadLetters(value).get(0);
    assertThat(header(letter, DeadLetterHeaders.KIND)).isEqualTo(kind);
    assertThat(header(letter, DeadLetterHeaders.REASON)).isNotBlank();
    assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(fixture.prefix + ".public.items");
    assertThat(header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("1");
    assertThat(header(letter, DeadLetterHeaders.OFFSET)).matches("\\d+");
    assertThat(header(letter, DeadLetterHeaders.TIMESTAMP)).matches("\\d{13}");
    assertThat(header(letter, DeadLetterHeaders.EXCEPTION))
        .isEqualTo(
            kind.equals("UNRESOLVABLE")
                ? "dev.freshcut.coherentcache.model.UnresolvableChangeException"
                : "");
    assertThat(header(letter, ChangeHeaders.XID)).isEqualTo(header == null ? "" : header);
    assertThat(letter.key()).isNotEmpty();
    eventually().until(() -> count(worker, "dead.letters", "kind", kind) >= 1);
    goesOn();
  }

  @Test
  void tombstonesAndTablesWithoutRulesAreIgnored() {
    double letters = count(worker, "dead.letters");
    double before = count(worker, "changes", "table", "public.items", "outcome", "tombstone");
    fixture.changes.send("public.items", null, 1_000L);
    fixture.changes.send("public.strangers", "{]", 1_000L);
    eventually()
        .until(
            () ->
                count(worker, "changes", "table", "public.items", "outcome", "tombstone")
                    == before + 1);
    eventually()
        .until(() -> count(worker, "changes", "table", "other", "outcome", "no_rules") >= 1);
    goesOn();
    assertThat(count(worker, "dead.letters")).isEqualTo(letters);
  }

  @Test
  void aTopicThatAppearsLaterIsRead() {
    fixture.topics(1, "public.latecomers");
    fixture.changes.send("public.latecomers", "{}", 1_000L);
    eventually()
        .untilAsserted(
            () ->
                assertThat(fixture.positions())
                    .containsEntry(fixture.prefix + ".public.latecomers-0", "1"));
  }

  @Test
  void withoutTheHeaderTheTransactionIsWidened() {
    CacheKey old = fixture.item(shops.incrementAndGet(), DAY, "a");
    CacheKey fresh = fixture.item(shops.get(), DAY, "b");
    long xid = 3_000;
    fixture.changes.beat(Instant.now(), xid - 1, 900);
    eventually()
        .until(
            () -> fixture.coherence.watermarks().read().map(w -> w.xid() == xid - 1).orElse(false));
    fixture.filled(old, xid);
    fixture.filled(fresh, xid + 1);
    fixture.changes.send(
        "public.items",
        Changes.envelope("public.items", "c", "null", Changes.item(shops.get(), DAY, "c", 1), xid),
        null);
    fixture.evicted(old);
    assertThat(fixture.has(fresh)).isTrue();
  }

  /** Its transaction may be higher than any that was known when it came. */
  @Test
  void poisonOfAnUnknownTransactionIsEvictedAgainOnceTheStreamHasPassedIt() {
    fixture.changes.beat(Instant.now(), 5_000, 900);
    goesOn();
    CacheKey between = fixture.item(shops.incrementAndGet(), DAY, "a");
    fixture.filled(between, 5_500);
    fixture.changes.send("public.items", "{] " + shops.get(), null);
    String value = "{] " + shops.get();
    eventually().untilAsserted(() -> assertThat(deadLetters(value)).hasSize(1));
    goesOn();
    assertThat(fixture.has(between)).isTrue();

    fixture.changes.beat(Instant.now().plusSeconds(5), 6_000, 900);
    fixture.evicted(between);
  }
}
