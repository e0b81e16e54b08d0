package dev.freshcut.invalidationworker.reading;

import dev.freshcut.coherentcache.Xid;
import dev.freshcut.invalidationworker.reading.Reading.Heartbeat;
import dev.freshcut.invalidationworker.reading.Reading.Ignored;
import dev.freshcut.invalidationworker.reading.Reading.Ignored.Why;
import dev.freshcut.invalidationworker.reading.Reading.Poison;
import dev.freshcut.invalidationworker.reading.Reading.Reach;
import dev.freshcut.sharedevents.change.ChangeParser;
import dev.freshcut.sharedevents.change.ParsedChange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the heartbeat table's changes. */
public final class HeartbeatReader {
  private static final String BEAT_AT = "beat_at";
  private static final String XID = "xid";
  private static final String HORIZON = "horizon";
  private static final int MAX_BYTES = 1 << 16;
  private static final int MAX_DEPTH = 16;

  private final String table;
  private final ChangeParser parser;

  /** Reads changes of this schema.table. */
  public HeartbeatReader(String table) {
    this.table = table;
    this.parser =
        new ChangeParser(MAX_BYTES, MAX_DEPTH, Map.of(table, Set.of(BEAT_AT, XID, HORIZON)));
  }

  Reading read(byte @Nullable [] value) {
    return switch (parser.parse(table, value)) {
      case ParsedChange.Tombstone tombstone -> new Ignored(table, Why.TOMBSTONE);
      case ParsedChange.Malformed malformed ->
          poison(malformed.defect().name(), malformed.reason(), null);
      case ParsedChange.Change parsed -> {
        Map<String, @Nullable Object> row = parsed.change().after();
        yield row == null ? new Ignored(table, Why.NO_RULES) : heartbeat(row);
      }
    };
  }

  private Reading heartbeat(Map<String, @Nullable Object> row) {
    try {
      if (row.get(BEAT_AT) instanceof String beatAt
          && row.get(XID) instanceof Long xid
          && row.get(HORIZON) instanceof Long horizon) {
        Instant instant = OffsetDateTime.parse(beatAt).toInstant();
        return new Heartbeat(instant, Xid.check(xid), Xid.check(horizon));
      }
      return poison(
          "BAD_HEARTBEAT", "beat_at is not a string, or xid or horizon not an integer", null);
    } catch (DateTimeException | IllegalArgumentException e) {
      return poison("BAD_HEARTBEAT", "beat_at, xid or horizon is out of range", e);
    }
  }

  /** Without it the watermark merely does not move. */
  private Poison poison(String kind, String reason, @Nullable Exception cause) {
    return new Poison(
        table, kind, reason, cause, new Reach.Patterns(List.of()), OptionalLong.empty());
  }
}
