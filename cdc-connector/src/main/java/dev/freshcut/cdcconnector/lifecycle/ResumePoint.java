package dev.freshcut.cdcconnector.lifecycle;

import dev.freshcut.cdcconnector.kafka.ControlChannel;
import dev.freshcut.cdcconnector.kafka.PositionStore;
import dev.freshcut.cdcconnector.kafka.StoredPosition;
import dev.freshcut.cdcconnector.postgres.Session;
import dev.freshcut.cdcconnector.postgres.SlotStatus;
import dev.freshcut.sharedevents.control.Gap;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the stream resumes where Kafka's acknowledgements ended; where it cannot, it
 * announces a gap first. Neither Debezium nor Postgres does: started with a position older than the
 * slot's they go on at the slot's and say nothing.
 */
final class ResumePoint {
  private static final Logger log = LoggerFactory.getLogger(ResumePoint.class);

  private final String slotName;
  private final PositionStore positions;
  private final ControlChannel control;
  private final ConnectorStatus status;
  private boolean distrusted;

  /** Where the slot stood when a gap was announced of which nothing has been stored since. */
  private OptionalLong announcedAt = OptionalLong.empty();

  ResumePoint(
      String slotName, PositionStore positions, ControlChannel control, ConnectorStatus status) {
    this.slotName = slotName;
    this.positions = positions;
    this.control = control;
    this.status = status;
  }

  /**
   * Changes may be missing from what the slot will deliver, such as those of a table that was not
   * in the publication: a gap is announced before the next stream, also by the next process.
   *
   * @throws ExecutionException if Kafka refuses
   * @throws InterruptedException if interrupted meanwhile
   */
  void distrust() throws ExecutionException, InterruptedException {
    distrusted = true;
    announcedAt = OptionalLong.empty();
    if (positions.read().isPresent()) {
      positions.forget();
    }
  }

  /**
   * Makes slot and stored position fit each other.
   *
   * @return the highest LSN that the slot may be confirmed to before anything is acknowledged
   */
  long prepare(Session session) throws SQLException, ExecutionException, InterruptedException {
    if (distrusted) {
      // Again: it may have failed, or what was left behind of the last stream may have stored one.
      distrust();
    }
    Optional<StoredPosition> stored = positions.read();
    Optional<SlotStatus> slot = session.slot();
    Optional<String> gap = gapReason(slotName, stored, slot);
    if (gap.isPresent() && !isAnnounced(stored, slot)) {
      // INVARIANT: no position is stored from before the slot is made until after the gap is
      // announced. A crash anywhere between leaves none, which is a reason for a gap.
      if (stored.isPresent()) {
        positions.forget();
      }
      recreateIfUnusable(session, slot);
      announce(session, gap.get());
    }
    distrusted = false;
    long confirmed = session.slot().map(SlotStatus::confirmed).orElse(0L);
    announcedAt = gap.isPresent() ? OptionalLong.of(confirmed) : OptionalLong.empty();
    return gap.isPresent() || stored.isEmpty()
        ? confirmed
        : Math.max(confirmed, stored.get().highest());
  }

  /** Why changes may be missing between the stored position and what the slot will deliver. */
  static Optional<String> gapReason(
      String name, Optional<StoredPosition> stored, Optional<SlotStatus> slot) {
    if (slot.isEmpty()) {
      return Optional.of(
          stored.isEmpty()
              ? "first start: replication slot " + name + " was created"
              : "replication slot " + name + " was gone and has been created anew");
    }
    if (slot.get().lost()) {
      return Optional.of(
          "replication slot " + name + " had lost WAL that it still needed and was created anew");
    }
    if (stored.isEmpty()) {
      return Optional.of("replication slot " + name + " has no stored position");
    }
    if (slot.get().confirmed() > stored.get().committed()) {
      return Optional.of(
          "replication slot "
              + name
              + " is ahead of the stored position: it was advanced or made"
              + " anew by someone else");
    }
    if (stored.get().highest() > slot.get().current()) {
      return Optional.of(
          "the stored position is ahead of the database, which must have been restored");
    }
    return Optional.empty();
  }

  /** An attempt that failed before it stored a position loses nothing that the slot holds. */
  private boolean isAnnounced(Optional<StoredPosition> stored, Optional<SlotStatus> slot) {
    return stored.isEmpty()
        && slot.isPresent()
        && !slot.get().lost()
        && announcedAt.equals(OptionalLong.of(slot.get().confirmed()));
  }

  private static void recreateIfUnusable(Session session, Optional<SlotStatus> slot)
      throws SQLException {
    if (slot.isPresent() && slot.get().lost()) {
      session.dropSlot();
    }
    if (slot.isEmpty() || slot.get().lost()) {
      session.createSlot();
    }
  }

  private void announce(Session session, String reason)
      throws SQLException, ExecutionException, InterruptedException {
    Gap gap = new Gap(session.endedXids() - 1, reason);
    control.announce(gap);
    status.announcedGap();
    log.warn(
        "Gap announced at xid {}: {}. Consumers now treat all that they derived before as unknown",
        gap.xid(),
        reason);
  }

  /**
   * Refuses a slot that has moved since {@link #prepare}: Debezium makes a missing slot itself, so
   * one that is dropped while the engine starts would be replaced without a word. The engine calls
   * this before it moves the position for the first time, so that the next attempt sees the same
   * and announces the gap.
   *
   * @param start what {@link #prepare} returned
   * @throws IllegalStateException if the slot has moved
   */
  static void requireUnmoved(SlotStatus slot, long start) {
    if (slot.confirmed() > start) {
      throw new IllegalStateException(
          "the replication slot was made anew while the stream started; a gap follows");
    }
  }
}
