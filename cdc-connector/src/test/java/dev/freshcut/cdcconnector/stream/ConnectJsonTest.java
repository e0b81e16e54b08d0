package dev.freshcut.cdcconnector.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.json.JsonConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate") // what Connect's logical types hold
class ConnectJsonTest {
  private final JsonConverter reference = new JsonConverter();
  private final ConnectJson json = new ConnectJson();

  ConnectJsonTest() {
    reference.configure(
        Map.of("schemas.enable", "false", "replace.null.with.default", "false"), false);
  }

  static List<Arguments> values() {
    Schema text = Schema.STRING_SCHEMA;
    Schema struct =
        SchemaBuilder.struct()
            .field("a", Schema.OPTIONAL_INT32_SCHEMA)
            .field("b", SchemaBuilder.string().optional().defaultValue("d").build())
            .build();
    java.util.Date day = new java.util.Date(86_400_000L * 20_000);
    return List.of(
        Arguments.of(Schema.INT8_SCHEMA, (byte) -7),
        Arguments.of(Schema.INT16_SCHEMA, (short) -7),
        Arguments.of(Schema.INT32_SCHEMA, Integer.MIN_VALUE),
        Arguments.of(Schema.INT64_SCHEMA, Long.MAX_VALUE),
        Arguments.of(Schema.FLOAT32_SCHEMA, 1.1f),
        Arguments.of(Schema.FLOAT64_SCHEMA, 1e300),
        Arguments.of(Schema.FLOAT64_SCHEMA, Double.NaN),
        Arguments.of(Schema.FLOAT64_SCHEMA, Double.NEGATIVE_INFINITY),
        Arguments.of(Schema.BOOLEAN_SCHEMA, true),
        Arguments.of(text, "\"\\/\b\f\n\r\t\u0001\u007f é € 😀 \u2028"),
        Arguments.of(text, ""),
        Arguments.of(Schema.BYTES_SCHEMA, new byte[] {0, -1, 127}),
        Arguments.of(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {0, -1, 127})),
        Arguments.of(SchemaBuilder.array(text).build(), List.of("a", "b")),
        Arguments.of(
            SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).build(), Arrays.asList("a", null)),
        Arguments.of(SchemaBuilder.map(text, Schema.INT32_SCHEMA).build(), Map.of("k", 1)),
        Arguments.of(SchemaBuilder.map(Schema.INT32_SCHEMA, text).build(), Map.of(1, "v")),
        Arguments.of(Decimal.schema(2), new BigDecimal("-12.34")),
        Arguments.of(Date.SCHEMA, day),
        Arguments.of(Time.SCHEMA, new java.util.Date(1_234)),
        Arguments.of(Timestamp.SCHEMA, day),
        Arguments.of(struct, new Struct(struct).put("a", 1).put("b", "x")),
        Arguments.of(struct, new Struct(struct)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void equalsConnectsOwnConverter(Schema schema, Object value) {
    assertThat(text(json.write(schema, value)))
        .isEqualTo(text(reference.fromConnectData("t", schema, value)));
  }

  @Test
  void aNullColumnIsNotItsDefault() {
    Schema row =
        SchemaBuilder.struct()
            .field("status", SchemaBuilder.string().optional().defaultValue("new").build())
            .build();

    assertThat(text(json.write(row, new Struct(row)))).isEqualTo("{\"status\":null}");
  }

  @Test
  void nullIsNothing() {
    assertThat(json.write(null, null)).isNull();
    assertThat(json.write(Schema.OPTIONAL_STRING_SCHEMA, null)).isNull();
  }

  @Test
  void isReusable() {
    assertThat(text(json.write(Schema.STRING_SCHEMA, "a long first value"))).hasSize(20);
    assertThat(text(json.write(Schema.INT32_SCHEMA, 5))).isEqualTo("5");
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "nothing" : new String(bytes, UTF_8);
  }
}
