package dev.freshcut.sharedevents.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.sharedevents.change.ParsedChange.Change;
import dev.freshcut.sharedevents.change.ParsedChange.Defect;
import dev.freshcut.sharedevents.change.ParsedChange.Malformed;
import dev.freshcut.sharedevents.change.ParsedChange.Tombstone;
import dev.freshcut.sharedevents.change.RowChange.Operation;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeParserTest {
  private static final String SOURCE =
      """
      "source":{"version":"3.6.1.Final","connector":"postgresql","name":"freshcut",\
      "ts_ms":1795000000123,"snapshot":"false","db":"freshcut","sequence":"[\\"1\\",\\"2\\"]",\
      "ts_us":1795000000123456,"ts_ns":1795000000123456000,"schema":"public","table":"items",\
      "txId":4294967295,"lsn":26000000,"xmin":null}""";
  private static final String ROW =
      "{\"id\":7,\"name\":\"é\\n\",\"note\":{\"a\":[1,{}]},\"on\":true}";
  private static final String UPDATE =
      "{\"before\":"
          + ROW
          + ",\"after\":"
          + ROW
          + ","
          + SOURCE
          + ",\"transaction\":null,"
          + "\"op\":\"u\",\"ts_ms\":1795000000200,\"ts_us\":1795000000200000}";

  private final ChangeParser parser =
      new ChangeParser(4096, 8, Map.of("public.items", Set.of("id", "name", "on", "price")));

  private ParsedChange parse(String value) {
    return parser.parse("public.items", value.getBytes(UTF_8));
  }

  private RowChange change(String value) {
    assertThat(parse(value)).isInstanceOf(Change.class);
    return ((Change) parse(value)).change();
  }

  @Test
  void readsAnUpdateAndKeepsOnlyTheWantedColumns() {
    Map<String, Object> row = Map.of("id", 7L, "name", "é\n", "on", true);
    assertThat(change(UPDATE))
        .isEqualTo(
            new RowChange(
                "public.items", Operation.UPDATE, row, row, 4_294_967_295L, 1_795_000_000_123L));
  }

  @ParameterizedTest
  @CsvSource({"c,CREATE,after", "r,READ,after", "d,DELETE,before", "t,TRUNCATE,none"})
  void readsEveryOperation(String code, Operation operation, String image) {
    String before = image.equals("before") ? ROW : "null";
    String after = image.equals("after") ? ROW : "null";
    RowChange change =
        change(
            "{\"op\":\"%s\",\"before\":%s,\"after\":%s,%s}".formatted(code, before, after, SOURCE));
    assertThat(change.operation()).isEqualTo(operation);
    assertThat(change.before() != null).isEqualTo(image.equals("before"));
    assertThat(change.after() != null).isEqualTo(image.equals("after"));
  }

  @Test
  void keepsTheTypesOfValues() {
    String row =
        "{\"id\":99999999999999999999,\"name\":null,\"on\":false,\"price\":12345678901234567890.125}";
    RowChange change = change(UPDATE.replace(ROW, row));
    assertThat(change.after())
        .containsEntry("id", new BigDecimal("99999999999999999999"))
        .containsEntry("name", null)
        .containsEntry("on", false)
        .containsEntry("price", new BigDecimal("12345678901234567890.125"));
  }

  @Test
  void leavesOutColumnsThatTheServerDidNotSend() {
    RowChange change =
        change(UPDATE.replace(ROW, "{\"id\":7,\"name\":\"__debezium_unavailable_value\"}"));
    assertThat(change.after()).isEqualTo(Map.of("id", 7L));
  }

  @Test
  void knowsThatTheTransactionIsUnknown() {
    assertThat(change(UPDATE.replace("4294967295", "null")).transactionId())
        .isEqualTo(RowChange.UNKNOWN_TRANSACTION);
    assertThat(change(UPDATE.replace("\"txId\":4294967295,", "")).transactionId())
        .isEqualTo(RowChange.UNKNOWN_TRANSACTION);
  }

  @Test
  void keepsTheLow32BitsOfAWideTransactionId() {
    assertThat(change(UPDATE.replace("4294967295", "4294967301")).transactionId()).isEqualTo(5);
  }

  @Test
  void noValueIsATombstone() {
    assertThat(parser.parse("public.items", null)).isEqualTo(new Tombstone());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|NOT_A_CHANGE|not a JSON object",
        "null|NOT_A_CHANGE|not a JSON object",
        "[]|NOT_A_CHANGE|not a JSON object",
        "\"text\"|NOT_A_CHANGE|not a JSON object",
        "{|NOT_JSON|not JSON at byte",
        "{}|NOT_A_CHANGE|no op",
        "{}{}|NOT_JSON|more than one JSON value",
        "{\"schema\":{},\"payload\":{}}|NOT_A_CHANGE|schemas.enable=false",
        "{\"op\":\"c\"}|NOT_A_CHANGE|no source.schema",
        "{\"op\":\"x\"}|NOT_A_CHANGE|op is none of",
        "{\"op\":7}|NOT_A_CHANGE|op is not a string",
        "{\"op\":null}|NOT_A_CHANGE|op is not a string",
        "{\"source\":null}|NOT_A_CHANGE|source is not an object",
        "{\"source\":{\"schema\":1}}|NOT_A_CHANGE|source.schema is not a string",
        "{\"source\":{\"txId\":\"5\"}}|NOT_A_CHANGE|source.txId is not an integer",
        "{\"source\":{\"txId\":-5}}|NOT_A_CHANGE|source.txId is out of range",
        "{\"source\":{\"ts_ms\":99999999999999999999}}|NOT_A_CHANGE|source.ts_ms is out of range",
        "{\"after\":[]}|NOT_A_CHANGE|after is not an object",
        "{\"before\":5}|NOT_A_CHANGE|before is not an object",
        "{\"after\":{\"id\":[1]}}|NOT_A_CHANGE|column id is not a plain value",
        "{\"after\":{\"x\":[[[[[[[[[[]]]]]]]]]]}}|TOO_COMPLEX|depth",
      })
  void saysWhatIsWrong(String value, Defect defect, String reason) {
    assertThat(parse(value))
        .isInstanceOfSatisfying(
            Malformed.class,
            malformed -> {
              assertThat(malformed.defect()).isEqualTo(defect);
              assertThat(malformed.reason()).contains(reason);
            });
  }

  @Test
  void imagesMustFitTheOperation() {
    assertThat(parse(UPDATE.replace("\"op\":\"u\"", "\"op\":\"d\"")))
        .isEqualTo(new Malformed(Defect.NOT_A_CHANGE, "op d with after"));
    assertThat(parse(UPDATE.replace("\"after\":" + ROW, "\"after\":null")))
        .isEqualTo(new Malformed(Defect.NOT_A_CHANGE, "op u without after"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public.item",
        "public.itemss",
        "publicc.items",
        "xublic.items",
        "public,items",
        "s.t"
      })
  void refusesAnotherTablesChange(String topicsTable) {
    assertThat(parser.parse(topicsTable, UPDATE.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Malformed.class, m -> assertThat(m.defect()).isEqualTo(Defect.OTHER_TABLE));
  }

  @Test
  void refusesMoreBytesThanTheLimit() {
    String large = UPDATE.replace("é", "x".repeat(4096));
    assertThat(parse(large))
        .isInstanceOfSatisfying(
            Malformed.class, m -> assertThat(m.defect()).isEqualTo(Defect.TOO_LARGE));
  }

  @Test
  void reasonsDoNotQuoteTheRow() {
    assertThat(parse("{\"after\":{\"name\":secret-of-a-person}}"))
        .isInstanceOfSatisfying(
            Malformed.class, m -> assertThat(m.reason()).doesNotContain("secret"));
  }

  @Test
  void refusesSenselessLimits() {
    assertThatThrownBy(() -> new ChangeParser(255, 8, Map.of()))
        .hasMessageContaining("maxBytes 255");
    assertThatThrownBy(() -> new ChangeParser(256, 2, Map.of())).hasMessageContaining("maxDepth 2");
  }

  @Test
  void survivesRandomDamage() {
    long seed = System.nanoTime();
    System.out.println("ChangeParserTest.survivesRandomDamage seed " + seed);
    Random random = new Random(seed);
    byte[] original = UPDATE.getBytes(UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = original.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(4) == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      }
      assertThat(parser.parse("public.items", damaged))
          .as("seed %d, round %d", seed, i)
          .isNotNull();
    }
  }
}
