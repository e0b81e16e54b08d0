package dev.freshcut.cdcconnector.postgres;

import org.jspecify.annotations.Nullable;

/**
 * A replication slot as {@code pg_replication_slots} shows it.
 *
 * @param activePid process that streams from it; 0 if none
 * @param confirmed LSN up to which its consumer has confirmed; 0 if never
 * @param walStatus reserved, extended, unreserved or lost; null when it was invalidated otherwise
 * @param current the database's current LSN when the slot was read
 */
public record SlotStatus(int activePid, long confirmed, @Nullable String walStatus, long current) {
  /** Whether WAL that the slot still needed is gone, so that it can never be read again. */
  public boolean lost() {
    return walStatus == null || walStatus.equals("lost");
  }

  /** Bytes of WAL written since the confirmed position. */
  public long lagBytes() {
    return Math.max(0, current - confirmed);
  }
}
