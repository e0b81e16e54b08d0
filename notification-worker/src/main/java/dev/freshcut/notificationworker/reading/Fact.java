package dev.freshcut.notificationworker.reading;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has happened, and was committed. */
public sealed interface Fact {
  /** When, by the database's clock; empty if that is not known. */
  default Optional<Instant> committedAt() {
    return switch (this) {
      case AppointmentChanged change -> Optional.of(change.commit().at());
      case WishChanged change -> Optional.of(change.commit().at());
      case RulesChanged change -> Optional.of(change.commit().at());
      case StreamGap gap -> Optional.empty();
    };
  }

  /**
   * An appointment came, changed or went.
   *
   * @param before null if the row is new
   * @param after null if the row went
   * @param snapshot nothing changed: the row was read by a snapshot of the whole table
   */
  record AppointmentChanged(
      @Nullable AppointmentImage before,
      @Nullable AppointmentImage after,
      boolean snapshot,
      Commit commit)
      implements Fact {
    /** The appointment's id. */
    public long id() {
      AppointmentImage image = after == null ? before : after;
      if (image == null) {
        throw new IllegalStateException("a change without row");
      }
      return image.id();
    }
  }

  /** Somebody's wish for time came or changed. */
  record WishChanged(@Nullable WishImage before, WishImage after, Commit commit) implements Fact {}

  /** What reminders depend on changed, for these appointments. */
  record RulesChanged(Scope scope, Commit commit) implements Fact {}

  /** Changes up to this transaction may never be told. */
  record StreamGap(long xid) implements Fact {}

  /**
   * The transaction.
   *
   * @param xid 64 bits
   * @param at by the database's clock
   */
  record Commit(long xid, Instant at) {}
}
