package dev.freshcut.notificationworker.reading;

import dev.freshcut.notificationworker.reading.Columns.UnreadableException;
import dev.freshcut.notificationworker.reading.Fact.AppointmentChanged;
import dev.freshcut.notificationworker.reading.Fact.Commit;
import dev.freshcut.notificationworker.reading.Fact.RulesChanged;
import dev.freshcut.notificationworker.reading.Fact.WishChanged;
import dev.freshcut.notificationworker.reading.Reading.Ignored;
import dev.freshcut.notificationworker.reading.Reading.Poison;
import dev.freshcut.notificationworker.reading.Reading.Told;
import dev.freshcut.sharedevents.change.ChangeHeaders;
import dev.freshcut.sharedevents.change.ChangeParser;
import dev.freshcut.sharedevents.change.ParsedChange;
import dev.freshcut.sharedevents.change.RowChange;
import dev.freshcut.sharedevents.change.RowChange.Operation;
import dev.freshcut.sharedevents.control.Gap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of the change stream. Never throws for a bad record: that is {@link Poison}. Safe
 * for use by many threads.
 */
public final class ChangeReader {
  private static final Pattern XID = Pattern.compile("[0-9]{1,18}");

  private final Map<String, String> tables;
  private final String control;
  private final ChangeParser parser;

  /**
   * Makes a reader.
   *
   * @param tables schema-qualified table of each topic
   * @param control the topic of the stream's own announcements
   * @param parser keeps at least {@link Tables#COLUMNS}
   */
  public ChangeReader(Map<String, String> tables, String control, ChangeParser parser) {
    this.tables = Map.copyOf(tables);
    this.control = control;
    this.parser = parser;
  }

  /** Reads a record. */
  public Reading read(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(control)) {
      return control(record.value());
    }
    String table = Objects.requireNonNull(tables.get(record.topic()), record.topic());
    return switch (parser.parse(table, record.value())) {
      case ParsedChange.Tombstone tombstone -> new Ignored();
      case ParsedChange.Malformed malformed ->
          new Poison(malformed.defect().name(), malformed.reason(), null);
      case ParsedChange.Change parsed -> change(parsed.change(), record);
    };
  }

  private static Reading change(RowChange change, ConsumerRecord<byte[], byte[]> record) {
    OptionalLong xid = xid(record);
    if (xid.isEmpty()) {
      String reason = "no header " + ChangeHeaders.XID + " with a transaction id in decimal digits";
      return new Poison("BAD_XID", reason, null);
    }
    Commit commit = new Commit(xid.getAsLong(), Instant.ofEpochMilli(change.commitMillis()));
    try {
      return switch (change.table()) {
        case Tables.APPOINTMENTS -> appointment(change, commit);
        case Tables.WAITING_LIST -> wish(change, commit);
        case Tables.SETTINGS -> rules(change, Scope.Of.LOCATION, "location_id", commit);
        case Tables.PREFERENCES -> rules(change, Scope.Of.CUSTOMER, "customer_id", commit);
        case Tables.LOCATIONS -> location(change, commit);
        default -> throw new IllegalStateException(change.table());
      };
    } catch (UnreadableException e) {
      return new Poison("UNREADABLE", String.valueOf(e.getMessage()), e);
    }
  }

  private static OptionalLong xid(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(ChangeHeaders.XID);
    if (header == null || header.value() == null) {
      return OptionalLong.empty();
    }
    String digits = new String(header.value(), StandardCharsets.US_ASCII);
    return XID.matcher(digits).matches()
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  private static Reading appointment(RowChange change, Commit commit) {
    if (change.operation() == Operation.TRUNCATE) {
      return new Told(new RulesChanged(Scope.EVERYTHING, commit));
    }
    AppointmentImage before = appointment(change.before());
    AppointmentImage after = appointment(change.after());
    if (before == null && after == null) {
      return new Poison("UNREADABLE", "neither a row before nor one after", null);
    }
    boolean snapshot = change.operation() == Operation.READ;
    return new Told(new AppointmentChanged(before, after, snapshot, commit));
  }

  private static @Nullable AppointmentImage appointment(
      @Nullable Map<String, @Nullable Object> image) {
    if (image == null) {
      return null;
    }
    Columns row = new Columns(image);
    return new AppointmentImage(
        row.number("id"),
        row.number("location_id"),
        row.number("barber_id"),
        row.number("service_id"),
        row.numberOrNull("customer_id"),
        row.instant("starts_at"),
        row.instant("ends_at"),
        row.text("status"),
        row.number("version"));
  }

  private static Reading wish(RowChange change, Commit commit) {
    WishImage after = wish(change.after());
    return after == null || change.operation() == Operation.READ
        ? new Ignored()
        : new Told(new WishChanged(wish(change.before()), after, commit));
  }

  private static @Nullable WishImage wish(@Nullable Map<String, @Nullable Object> image) {
    if (image == null) {
      return null;
    }
    Columns row = new Columns(image);
    return new WishImage(
        row.number("id"),
        row.number("location_id"),
        row.numberOrNull("barber_id"),
        row.number("service_id"),
        row.number("customer_id"),
        row.text("state"),
        row.numberOrNull("appointment_id"),
        row.number("version"));
  }

  private static Reading rules(RowChange change, Scope.Of of, String key, Commit commit) {
    Map<String, @Nullable Object> row = change.after() == null ? change.before() : change.after();
    Scope scope = row == null ? Scope.EVERYTHING : new Scope(of, new Columns(row).number(key));
    return new Told(new RulesChanged(scope, commit));
  }

  /** Of a location only the zone matters; one that is new has no appointments yet. */
  private static Reading location(RowChange change, Commit commit) {
    if (change.operation() != Operation.UPDATE || change.after() == null) {
      return new Ignored();
    }
    Columns after = new Columns(change.after());
    if (change.before() != null
        && new Columns(change.before()).text("time_zone").equals(after.text("time_zone"))) {
      return new Ignored();
    }
    return new Told(new RulesChanged(new Scope(Scope.Of.LOCATION, after.number("id")), commit));
  }

  private static Reading control(byte @Nullable [] value) {
    if (value == null) {
      return new Ignored();
    }
    try {
      Optional<Gap> gap = Gap.parse(value);
      return gap.isEmpty() ? new Ignored() : new Told(new Fact.StreamGap(gap.get().xid()));
    } catch (IllegalArgumentException e) {
      return new Poison("BAD_CONTROL", "not a control message, or without a valid xid", e);
    }
  }
}
