package dev.freshcut.sharedevents.change;

import dev.freshcut.sharedevents.change.ChangeParser.NotAChange;
import dev.freshcut.sharedevents.change.ParsedChange.Defect;
import dev.freshcut.sharedevents.change.ParsedChange.Malformed;
import dev.freshcut.sharedevents.change.RowChange.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Debezium's envelope of one change, while it is being read. */
final class Envelope {
  private static final long LOW_32_BITS = 0xFFFF_FFFFL;

  private final Set<String> wanted;
  private @Nullable Operation operation;
  private @Nullable Map<String, @Nullable Object> before;
  private @Nullable Map<String, @Nullable Object> after;
  private @Nullable String schema;
  private @Nullable String table;
  private long transactionId = RowChange.UNKNOWN_TRANSACTION;
  private long commitMillis;

  Envelope(Set<String> wanted) {
    this.wanted = wanted;
  }

  void read(JsonParser parser) {
    parser.nextToken();
    ChangeParser.expect(parser, JsonToken.START_OBJECT, "not a JSON object");
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "before" -> before = image(parser, token, "before");
        case "after" -> after = image(parser, token, "after");
        case "source" -> source(parser);
        case "op" -> operation = operation(parser);
        case "payload" ->
            throw new NotAChange(
                "wrapped in schema and payload; set the connector's value converter to"
                    + " schemas.enable=false");
        default -> parser.skipChildren();
      }
    }
  }

  private @Nullable Map<String, @Nullable Object> image(
      JsonParser parser, JsonToken token, String image) {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    ChangeParser.expect(parser, JsonToken.START_OBJECT, image + " is not an object");
    Map<String, @Nullable Object> columns = HashMap.newHashMap(wanted.size());
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken valueToken = parser.nextToken();
      if (!wanted.contains(name)) {
        parser.skipChildren();
        continue;
      }
      Object value = value(parser, valueToken, name);
      if (!ChangeParser.UNAVAILABLE.equals(value)) {
        columns.put(name, value);
      }
    }
    return columns;
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token, String column) {
    return switch (token) {
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? parser.getDecimalValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new NotAChange("column " + column + " is not a plain value");
    };
  }

  private void source(JsonParser parser) {
    ChangeParser.expect(parser, JsonToken.START_OBJECT, "source is not an object");
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "schema" -> schema = string(parser, "source.schema");
        case "table" -> table = string(parser, "source.table");
        case "ts_ms" -> commitMillis = integer(parser, "source.ts_ms");
        case "txId" -> {
          if (token != JsonToken.VALUE_NULL) {
            transactionId = integer(parser, "source.txId") & LOW_32_BITS;
          }
        }
        default -> parser.skipChildren();
      }
    }
  }

  private static Operation operation(JsonParser parser) {
    String code = string(parser, "op");
    for (Operation operation : Operation.values()) {
      if (operation.code().equals(code)) {
        return operation;
      }
    }
    throw new NotAChange("op is none of c, r, u, d and t");
  }

  private static String string(JsonParser parser, String property) {
    ChangeParser.expect(parser, JsonToken.VALUE_STRING, property + " is not a string");
    return parser.getString();
  }

  private static long integer(JsonParser parser, String property) {
    ChangeParser.expect(parser, JsonToken.VALUE_NUMBER_INT, property + " is not an integer");
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() < 0) {
      throw new NotAChange(property + " is out of range");
    }
    return parser.getLongValue();
  }

  ParsedChange toChange(String expectedTable) {
    if (operation == null) {
      throw new NotAChange("no op");
    }
    if (schema == null || table == null) {
      throw new NotAChange("no source.schema and source.table");
    }
    // Compared without joining them: this runs for every change.
    if (expectedTable.length() != schema.length() + 1 + table.length()
        || !expectedTable.startsWith(schema)
        || expectedTable.charAt(schema.length()) != '.'
        || !expectedTable.endsWith(table)) {
      return new Malformed(
          Defect.OTHER_TABLE,
          "a change of %s.%s on the topic of %s".formatted(schema, table, expectedTable));
    }
    boolean hasAfter =
        switch (operation) {
          case CREATE, READ, UPDATE -> true;
          case DELETE, TRUNCATE -> false;
        };
    if (hasAfter != (after != null)) {
      throw new NotAChange("op " + operation.code() + (hasAfter ? " without" : " with") + " after");
    }
    return new ParsedChange.Change(
        new RowChange(expectedTable, operation, before, after, transactionId, commitMillis));
  }
}
