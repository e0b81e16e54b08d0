package dev.freshcut.invalidationworker.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Pattern;
import dev.freshcut.coherentcache.model.UnresolvableChangeException;
import dev.freshcut.invalidationworker.reading.Reading.Ignored;
import dev.freshcut.invalidationworker.reading.Reading.Ignored.Why;
import dev.freshcut.invalidationworker.reading.Reading.Poison;
import dev.freshcut.invalidationworker.reading.Reading.Reach;
import dev.freshcut.sharedevents.change.ChangeHeaders;
import dev.freshcut.sharedevents.change.ChangeParser;
import dev.freshcut.sharedevents.control.Gap;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {
  private static final String ITEMS = "p.public.items";
  private static final String BEATS = "p.public.beats";
  private static final String CONTROL = "p.control";

  private final CacheModel model = CacheModel.loadResource("worker-model.yml");
  private final Xids xids = new Xids();
  private final RecordReader reader =
      new RecordReader(
          new Topics("p", CONTROL, "public.beats", model.tables().keySet()),
          model,
          new ChangeParser(4096, 16, model.tables()),
          new HeartbeatReader("public.beats"),
          xids);

  private Reading read(String topic, @Nullable String value, @Nullable String xid) {
    RecordHeaders headers = new RecordHeaders();
    if (xid != null) {
      headers.add(ChangeHeaders.XID, xid.getBytes(UTF_8));
    }
    return reader.read(
        new ConsumerRecord<>(
            topic,
            0,
            7,
            1,
            TimestampType.CREATE_TIME,
            1,
            1,
            new byte[0],
            value == null ? null : value.getBytes(UTF_8),
            headers,
            java.util.Optional.empty()));
  }

  private static String row(String day) {
    return "{\"id\":1,\"shop\":7,\"day\":" + day + ",\"shelf\":\"a\",\"price\":5}";
  }

  private static String created(String row, String txId) {
    return """
    {"before":null,"after":%s,"op":"c",\
    "source":{"schema":"public","table":"items","ts_ms":1234,"txId":%s}}"""
        .formatted(row, txId);
  }

  private static String beat(String beatAt, String xid, String horizon) {
    return """
    {"before":null,"after":{"id":1,"beat_at":%s,"xid":%s,"horizon":%s},"op":"u",\
    "source":{"schema":"public","table":"beats","ts_ms":1234,"txId":5}}"""
        .formatted(beatAt, xid, horizon);
  }

  private Poison poison(@Nullable String value, @Nullable String xid) {
    return (Poison) read(ITEMS, value, xid);
  }

  @Test
  void aChangeNamesItsPatterns() {
    Reading reading = read(ITEMS, created(row("\"2026-11-23Z\""), "705"), "4294968001");
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Change.class,
            change -> {
              assertThat(change.patterns())
                  .extracting(Pattern::text)
                  .containsExactlyInAnyOrder("items:{7}:2026-11-23:*", "totals:{7}:");
              assertThat(change.xid()).isEqualTo(4_294_968_001L);
              assertThat(change.commitMillis()).isEqualTo(1234);
              assertThat(change.table()).isEqualTo("public.items");
            });
    assertThat(xids.highest()).hasValue(4_294_968_001L);
  }

  @Test
  void withoutAHeaderTheTransactionIsWidened() {
    xids.saw((7L << 32) + 1000);
    Reading reading = read(ITEMS, created(row("\"2026-11-23\""), "1001"), null);
    assertThat(((Reading.Change) reading).xid()).isEqualTo((7L << 32) + 1001);
    assertThat(xids.highest()).hasValue((7L << 32) + 1001);
  }

  @Test
  void withoutAnyTransactionIdReadingWaits() {
    assertThatThrownBy(() -> read(ITEMS, created(row("\"2026-11-23\""), "1001"), null))
        .isInstanceOf(XidUnknownException.class);
  }

  @Test
  void tombstonesSnapshotsAndOtherTablesAreIgnored() {
    assertThat(read(ITEMS, null, "5")).isEqualTo(new Ignored("public.items", Why.TOMBSTONE));
    String snapshot = created(row("\"2026-11-23\""), "5").replace("\"c\"", "\"r\"");
    assertThat(read(ITEMS, snapshot, null)).isEqualTo(new Ignored("public.items", Why.SNAPSHOT));
    assertThat(read("p.public.strangers", "{]", null)).isEqualTo(new Ignored(null, Why.NO_RULES));
  }

  @Test
  void whatCannotBeParsedReachesAllThatTheTableReaches() {
    Poison poison = poison("{]", "99");
    assertThat(poison.kind()).isEqualTo("NOT_JSON");
    assertThat(poison.table()).isEqualTo("public.items");
    assertThat(poison.xid()).hasValue(99);
    assertThat(((Reach.Patterns) poison.reach()).patterns())
        .isEqualTo(model.everythingReachableFrom("public.items"));
    assertThat(poison("{]", null).xid()).isEmpty();
    assertThat(poison("{\"a\":\"" + "x".repeat(5000) + "\"}", "99").kind()).isEqualTo("TOO_LARGE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-5", "five", "9007199254740992", "99999999999999999999", "1 ", "0x1", "+5"})
  void aHeaderThatIsNoIdIsPoison(String header) {
    Poison poison = poison(created(row("\"2026-11-23\""), "5"), header);
    assertThat(poison.kind()).isEqualTo("BAD_XID");
    assertThat(poison.reason()).contains("freshcut.xid");
    assertThat(poison.xid()).isEmpty();
    assertThat(xids.highest()).isEmpty();
  }

  @Test
  void aHeaderThatIsNotTheEnvelopesOrFarAheadIsPoisonAndForgotten() {
    xids.saw(1000);
    assertThat(poison(created(row("\"2026-11-23\""), "1001"), "1002").kind()).isEqualTo("BAD_XID");
    long far = 1001 + (3L << 32);
    assertThat(poison(created(row("\"2026-11-23\""), "1001"), "" + far).reason())
        .contains("far ahead");
    assertThat(poison("{]", "" + far).xid()).isEmpty();
    assertThat(xids.highest()).hasValue(1000);
  }

  @Test
  void aChangeWithoutAnyTransactionIdIsPoison() {
    xids.saw(1000);
    Poison poison = poison(created(row("\"2026-11-23\""), "null"), null);
    assertThat(poison.kind()).isEqualTo("NO_XID");
    assertThat(poison.xid()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"{},column", "{\"shop\":7},column", "ROW:\"nonsense\",type", "ROW:true,type"})
  void aChangeThatTheRulesCannotFollowIsPoison(String image, String reason) {
    String row = image.startsWith("ROW:") ? row(image.substring(4)) : image;
    Poison poison = poison(created(row, "5"), "5");
    assertThat(poison.kind()).isEqualTo("UNRESOLVABLE");
    assertThat(poison.reason()).contains(reason);
    assertThat(poison.cause()).isInstanceOf(UnresolvableChangeException.class);
    assertThat(poison.xid()).hasValue(5);
  }

  @Test
  void aHeartbeatIsRead() {
    assertThat(read(BEATS, beat("\"2026-11-23T10:00:00.123456+01:00\"", "77", "70"), null))
        .isEqualTo(new Reading.Heartbeat(Instant.parse("2026-11-23T09:00:00.123456Z"), 77, 70));
    assertThat(xids.highest()).hasValue(77);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"yesterday\"', 77, 70",
    "null, 77, 70",
    "5, 77, 70",
    "'\"2026-11-23T10:00:00Z\"', '\"77\"', 70",
    "'\"2026-11-23T10:00:00Z\"', -1, 70",
    "'\"2026-11-23T10:00:00Z\"', 77, 9007199254740992",
    "'\"2026-11-23T10:00:00Z\"', 77, null",
  })
  void aBadHeartbeatReachesNothing(String beatAt, String xid, String horizon) {
    assertThat(read(BEATS, beat(beatAt, xid, horizon), null))
        .isInstanceOfSatisfying(
            Poison.class,
            poison -> {
              assertThat(poison.kind()).isEqualTo("BAD_HEARTBEAT");
              assertThat(poison.reach()).isEqualTo(new Reach.Patterns(List.of()));
            });
    assertThat(xids.highest()).isEmpty();
  }

  @Test
  void aGapIsRead() {
    assertThat(read(CONTROL, new String(new Gap(500, "slot lost").toJson(), UTF_8), null))
        .isEqualTo(new Reading.StreamGap(500, "slot lost"));
    assertThat(xids.highest()).hasValue(500);
    assertThat(read(CONTROL, "{\"type\":\"other\"}", null))
        .isEqualTo(new Ignored(null, Why.OTHER_CONTROL));
    assertThat(read(CONTROL, null, null)).isEqualTo(new Ignored(null, Why.TOMBSTONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{]",
        "{\"type\":\"gap\"}",
        "{\"type\":\"gap\",\"xid\":-1}",
        "{\"type\":\"gap\",\"xid\":9007199254740992}",
        "7"
      })
  void aBadControlMessageMayMeanAnything(String value) {
    assertThat(read(CONTROL, value, null))
        .isInstanceOfSatisfying(
            Poison.class,
            poison -> {
              assertThat(poison.kind()).isEqualTo("BAD_CONTROL");
              assertThat(poison.reach()).isEqualTo(new Reach.Everything());
              assertThat(poison.xid()).isEqualTo(OptionalLong.empty());
            });
  }
}
