package dev.freshcut.cdcconnector.stream;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes Kafka Connect data as the JSON that Connect's {@code JsonConverter} writes with {@code
 * schemas.enable=false} and {@code replace.null.with.default=false}, without building a tree first:
 * conversion is the connector's largest cost after decoding.
 *
 * <p>Nulls stay nulls: the default of a column never stands in for a NULL in a row.
 *
 * <p>Not thread-safe.
 */
final class ConnectJson {
  private static final JsonFactory JSON =
      // Byte for byte as Connect writes it: the bytes of a key decide its partition.
      JsonFactory.builder()
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .disable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(4_096);

  /** The JSON of a key or value, UTF-8; null for null. */
  byte @Nullable [] write(@Nullable Schema schema, @Nullable Object value) {
    if (schema == null || value == null) {
      return null;
    }
    buffer.reset();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), buffer)) {
      write(json, schema, value);
    }
    return buffer.toByteArray();
  }

  private void write(JsonGenerator json, Schema schema, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Struct struct -> writeStruct(json, struct);
      case String text -> json.writeString(text);
      case Long number -> json.writeNumber(number);
      case Integer number -> json.writeNumber(number);
      case Boolean bool -> json.writeBoolean(bool);
      case Double number -> json.writeNumber(number);
      case Float number -> json.writeNumber(number);
      case Short number -> json.writeNumber(number);
      case Byte number -> json.writeNumber(number);
      case byte[] bytes -> json.writeBinary(bytes);
      case ByteBuffer bytes -> writeBytes(json, bytes);
      case List<?> list -> writeList(json, schema, list);
      case Map<?, ?> map -> writeMap(json, schema, map);
      case BigDecimal number -> json.writeBinary(Decimal.fromLogical(schema, number));
      case java.util.Date date -> writeDate(json, schema, date);
      default ->
          throw new DataException("no JSON form for " + value.getClass().getName() + " is known");
    }
  }

  private void writeStruct(JsonGenerator json, Struct struct) {
    json.writeStartObject();
    for (Field field : struct.schema().fields()) {
      json.writeName(field.name());
      write(json, field.schema(), struct.getWithoutDefault(field.name()));
    }
    json.writeEndObject();
  }

  private static void writeBytes(JsonGenerator json, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    json.writeBinary(copy);
  }

  private void writeList(JsonGenerator json, Schema schema, List<?> list) {
    json.writeStartArray();
    for (Object value : list) {
      write(json, schema.valueSchema(), value);
    }
    json.writeEndArray();
  }

  /** An object if the keys are texts, else an array of pairs. */
  private void writeMap(JsonGenerator json, Schema schema, Map<?, ?> map) {
    if (schema.keySchema().type() == Schema.Type.STRING) {
      json.writeStartObject();
      map.forEach(
          (key, value) -> {
            json.writeName((String) key);
            write(json, schema.valueSchema(), value);
          });
      json.writeEndObject();
    } else {
      json.writeStartArray();
      map.forEach(
          (key, value) -> {
            json.writeStartArray();
            write(json, schema.keySchema(), key);
            write(json, schema.valueSchema(), value);
            json.writeEndArray();
          });
      json.writeEndArray();
    }
  }

  private static void writeDate(JsonGenerator json, Schema schema, java.util.Date date) {
    switch (String.valueOf(schema.name())) {
      case Date.LOGICAL_NAME -> json.writeNumber(Date.fromLogical(schema, date));
      case Time.LOGICAL_NAME -> json.writeNumber(Time.fromLogical(schema, date));
      case Timestamp.LOGICAL_NAME -> json.writeNumber(Timestamp.fromLogical(schema, date));
      default -> throw new DataException("no JSON form for a date of " + schema + " is known");
    }
  }
}
