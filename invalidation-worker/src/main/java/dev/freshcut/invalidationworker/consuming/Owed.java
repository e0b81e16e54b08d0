package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Pattern;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An eviction that is to be made later. It is kept in Redis among the positions, written by the
 * same step that moves its origin's position past the record that caused it, so that whoever has
 * the partition next finds it.
 *
 * <p>Its name there is {@code later:<topic>-<partition>:<kind><number>:<target>}, its value the
 * time that it is due. Whoever removes the name has made this very eviction, or has written one of
 * a higher transaction in its place; so nobody can remove what somebody else still owes.
 *
 * @param origin the partition that it came from
 * @param kind why it is made later
 * @param pattern what to evict; null for everything
 * @param xid the transaction; -1 while it is unknown
 * @param due milliseconds since the epoch, by the clock that the kind names
 */
record Owed(TopicPartition origin, Kind kind, @Nullable Pattern pattern, long xid, long due) {
  private static final String PREFIX = "later:";
  private static final String EVERYTHING = "*";
  private static final long BUCKET_MILLIS = 1_000;

  /** Why an eviction is made later. */
  enum Kind {
    /** The window of a pattern with bounded freshness; due by this machine's clock. */
    HELD_BACK('h'),
    /** Made once already, and again when no load from before can be under way any more. */
    AGAIN('a'),
    /**
     * Its transaction is not known, only that the stream's transactions are higher once the
     * watermark has reached {@code due}, by the database's clock.
     */
    XID_UNKNOWN('u');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /** What the window of a bounded pattern holds back. */
  static Owed heldBack(TopicPartition origin, Pattern pattern, long xid, long due) {
    return new Owed(origin, Kind.HELD_BACK, pattern, xid, due);
  }

  /** The second time of an eviction. */
  static Owed again(TopicPartition origin, @Nullable Pattern pattern, long xid, long due) {
    return new Owed(origin, Kind.AGAIN, pattern, xid, due);
  }

  /**
   * The eviction of what an unknown transaction before {@code now} may have changed. Times are
   * rounded up, so that a flood of them is a few.
   *
   * @param now by this machine's clock
   * @param skew how far the database's clock may be ahead of it
   */
  static Owed xidUnknown(
      TopicPartition origin, @Nullable Pattern pattern, long now, Duration skew) {
    long due = ((now + skew.toMillis()) / BUCKET_MILLIS + 1) * BUCKET_MILLIS;
    return new Owed(origin, Kind.XID_UNKNOWN, pattern, -1, due);
  }

  /** Whether a name among Redis's positions is one of these. */
  static boolean isName(String name) {
    return name.startsWith(PREFIX);
  }

  /** Whether it came from this partition. */
  static boolean isNameFrom(TopicPartition origin, String name) {
    return name.startsWith(PREFIX + origin + ":");
  }

  /**
   * Reads what {@link #name} and {@link #value} wrote.
   *
   * @return empty if the model has no such family any more
   */
  static Optional<Owed> parse(TopicPartition origin, String name, String value, CacheModel model) {
    String rest = name.substring(PREFIX.length() + origin.toString().length() + 1);
    int colon = rest.indexOf(':');
    if (colon < 2) {
      return Optional.empty();
    }
    String target = rest.substring(colon + 1);
    Optional<Pattern> pattern = model.pattern(target);
    if (pattern.isEmpty() && !target.equals(EVERYTHING)) {
      return Optional.empty();
    }
    try {
      for (Kind kind : Kind.values()) {
        if (kind.letter == rest.charAt(0)) {
          long number = Long.parseLong(rest.substring(1, colon));
          long xid = kind == Kind.XID_UNKNOWN ? -1 : number;
          return Optional.of(
              new Owed(origin, kind, pattern.orElse(null), xid, Long.parseLong(value)));
        }
      }
    } catch (NumberFormatException e) {
      // Not written by this version: as if it were of a family that is gone.
    }
    return Optional.empty();
  }

  String name() {
    return PREFIX
        + origin
        + ":"
        + kind.letter
        + (kind == Kind.XID_UNKNOWN ? due : xid)
        + ":"
        + (pattern == null ? EVERYTHING : pattern.text());
  }

  String value() {
    return Long.toString(due);
  }
}
