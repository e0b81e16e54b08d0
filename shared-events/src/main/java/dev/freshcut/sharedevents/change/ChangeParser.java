package dev.freshcut.sharedevents.change;

import dev.freshcut.sharedevents.change.ParsedChange.Defect;
import dev.freshcut.sharedevents.change.ParsedChange.Malformed;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads row changes from Debezium's JSON envelope (without schemas), in one pass and without
 * building what nobody asked for: columns that are not wanted are skipped.
 *
 * <p>Immutable and safe for use by many threads. It never throws for bad input: what is not a row
 * change is {@link Malformed}.
 */
public final class ChangeParser {
  /**
   * Stands in Debezium's row images for a large value that was not changed and that the server did
   * not send. The column is left out of the image, as it is not known.
   */
  static final String UNAVAILABLE = "__debezium_unavailable_value";

  private final int maxBytes;
  private final Map<String, Set<String>> wantedColumns;
  private final JsonFactory json;

  /**
   * Makes a parser.
   *
   * @param maxBytes values that are longer are malformed, at least 256
   * @param maxDepth values that are nested deeper are malformed, at least 3; an envelope of plain
   *     columns is 2 deep
   * @param wantedColumns by schema-qualified table, the columns to keep; of other tables none are
   */
  public ChangeParser(int maxBytes, int maxDepth, Map<String, Set<String>> wantedColumns) {
    if (maxBytes < 256 || maxDepth < 3) {
      throw new IllegalArgumentException(
          "maxBytes %d must be at least 256 and maxDepth %d at least 3"
              .formatted(maxBytes, maxDepth));
    }
    this.maxBytes = maxBytes;
    this.wantedColumns =
        wantedColumns.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    this.json =
        JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth)
                    .maxStringLength(maxBytes)
                    .build())
            .build();
  }

  /**
   * Reads the value of a record.
   *
   * @param table schema-qualified table whose topic the record is from
   * @param value null for a tombstone
   */
  public ParsedChange parse(String table, byte @Nullable [] value) {
    if (value == null) {
      return new ParsedChange.Tombstone();
    }
    if (value.length > maxBytes) {
      return new Malformed(
          Defect.TOO_LARGE, "%d bytes, the limit is %d".formatted(value.length, maxBytes));
    }
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), value)) {
      Envelope envelope = new Envelope(wantedColumns.getOrDefault(table, Set.of()));
      envelope.read(parser);
      return parser.nextToken() == null
          ? envelope.toChange(table)
          : new Malformed(Defect.NOT_JSON, "more than one JSON value");
    } catch (NotAChange e) {
      return new Malformed(Defect.NOT_A_CHANGE, e.reason);
    } catch (StreamConstraintsException e) {
      return new Malformed(Defect.TOO_COMPLEX, e.getOriginalMessage());
    } catch (JacksonException e) {
      // Its message quotes the input, which may be personal data.
      return new Malformed(Defect.NOT_JSON, "not JSON at byte " + e.getLocation().getByteOffset());
    }
  }

  /** Ends the reading of a value that is JSON but not a change. */
  @SuppressWarnings("serial") // never leaves the parser
  static final class NotAChange extends RuntimeException {
    final String reason;

    NotAChange(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }

  /** The parser's current token, which must be this one. */
  static void expect(JsonParser parser, JsonToken expected, String what) {
    if (parser.currentToken() != expected) {
      throw new NotAChange(what);
    }
  }
}
