package dev.freshcut.invalidationworker.reading;

import dev.freshcut.coherentcache.Xid;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Pattern;
import dev.freshcut.coherentcache.model.TableChange;
import dev.freshcut.coherentcache.model.UnresolvableChangeException;
import dev.freshcut.invalidationworker.reading.Reading.Ignored;
import dev.freshcut.invalidationworker.reading.Reading.Ignored.Why;
import dev.freshcut.invalidationworker.reading.Reading.Poison;
import dev.freshcut.invalidationworker.reading.Reading.Reach;
import dev.freshcut.sharedevents.change.ChangeParser;
import dev.freshcut.sharedevents.change.ParsedChange;
import dev.freshcut.sharedevents.change.RowChange;
import dev.freshcut.sharedevents.control.Gap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records by the cache model. Never throws for a bad record: that is {@link Poison}. Safe for
 * use by many threads.
 */
public final class RecordReader {
  private final Topics topics;
  private final CacheModel model;
  private final ChangeParser parser;
  private final HeartbeatReader heartbeats;
  private final Xids xids;

  /**
   * Makes a reader.
   *
   * @param parser keeps the columns that the model declares
   * @param xids is told of every transaction id read
   */
  public RecordReader(
      Topics topics, CacheModel model, ChangeParser parser, HeartbeatReader heartbeats, Xids xids) {
    this.topics = topics;
    this.model = model;
    this.parser = parser;
    this.heartbeats = heartbeats;
    this.xids = xids;
  }

  /**
   * Reads a record.
   *
   * @throws XidUnknownException if its transaction id can't be told yet
   */
  public Reading read(ConsumerRecord<byte[], byte[]> record) {
    if (topics.isControl(record.topic())) {
      return control(record.value());
    }
    if (topics.isHeartbeat(record.topic())) {
      Reading reading = heartbeats.read(record.value());
      if (reading instanceof Reading.Heartbeat heartbeat) {
        xids.saw(heartbeat.xid());
      }
      return reading;
    }
    String table = topics.table(record.topic());
    return table == null
        ? new Ignored(null, Why.NO_RULES)
        : change(table, model.everythingReachableFrom(table), record);
  }

  private Reading change(
      String table, List<Pattern> reachable, ConsumerRecord<byte[], byte[]> record) {
    if (reachable.isEmpty()) {
      return new Ignored(table, Why.NO_RULES);
    }
    XidHeader header = XidHeader.of(record.headers(), xids);
    return switch (parser.parse(table, record.value())) {
      case ParsedChange.Tombstone tombstone -> new Ignored(table, Why.TOMBSTONE);
      case ParsedChange.Malformed malformed ->
          poison(
              table, malformed.defect().name(), malformed.reason(), null, reachable, header.xid());
      case ParsedChange.Change parsed ->
          parsed.change().operation() == RowChange.Operation.READ
              ? new Ignored(table, Why.SNAPSHOT)
              : change(parsed.change(), header, reachable);
    };
  }

  private Reading change(RowChange change, XidHeader header, List<Pattern> reachable) {
    String table = change.table();
    long low = change.transactionId();
    boolean known = low != RowChange.UNKNOWN_TRANSACTION;
    long xid;
    switch (header) {
      case XidHeader.Malformed malformed -> {
        return poison(table, "BAD_XID", malformed.reason(), null, reachable, OptionalLong.empty());
      }
      case XidHeader.Present present -> {
        xid = present.id();
        if (known && (xid & 0xFFFF_FFFFL) != low) {
          String reason = "the header's transaction id is not the envelope's";
          return poison(table, "BAD_XID", reason, null, reachable, OptionalLong.empty());
        }
      }
      case XidHeader.Absent absent -> {
        if (!known) {
          String reason = "no transaction id, neither in a header nor in the envelope";
          return poison(table, "NO_XID", reason, null, reachable, OptionalLong.empty());
        }
        xid = xids.widen(low);
      }
    }
    xids.saw(xid);
    try {
      return new Reading.Change(
          table, model.evictionsFor(tableChange(change)), xid, change.commitMillis());
    } catch (UnresolvableChangeException e) {
      String reason = String.valueOf(e.getMessage());
      return poison(table, "UNRESOLVABLE", reason, e, reachable, OptionalLong.of(xid));
    }
  }

  private static TableChange tableChange(RowChange change) {
    TableChange.Kind kind =
        switch (change.operation()) {
          case CREATE, READ -> TableChange.Kind.CREATE;
          case UPDATE -> TableChange.Kind.UPDATE;
          case DELETE -> TableChange.Kind.DELETE;
          case TRUNCATE -> TableChange.Kind.TRUNCATE;
        };
    return new TableChange(change.table(), kind, change.before(), change.after());
  }

  private static Poison poison(
      String table,
      String kind,
      String reason,
      @Nullable Throwable cause,
      List<Pattern> reachable,
      OptionalLong xid) {
    return new Poison(table, kind, reason, cause, new Reach.Patterns(reachable), xid);
  }

  private Reading control(byte @Nullable [] value) {
    if (value == null) {
      return new Ignored(null, Why.TOMBSTONE);
    }
    try {
      Optional<Gap> gap = Gap.parse(value);
      if (gap.isEmpty()) {
        return new Ignored(null, Why.OTHER_CONTROL);
      }
      xids.saw(Xid.check(gap.get().xid()));
      return new Reading.StreamGap(gap.get().xid(), gap.get().reason());
    } catch (IllegalArgumentException e) {
      return new Poison(
          null,
          "BAD_CONTROL",
          "not a control message, or one without a valid transaction id",
          e,
          new Reach.Everything(),
          OptionalLong.empty());
    }
  }
}
