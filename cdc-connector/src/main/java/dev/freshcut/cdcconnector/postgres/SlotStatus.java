package dev.freshcut.cdcconnector.postgres;

import org.jspecify.annotations.Nullable;

/**
 * A replication slot as {@code pg_replication_slots} shows it.
 *
 * @param plugin output plugin
 * @param database the database that it decodes; null for a physical slot
 * @param activePid process that streams from it; 0 if none
 * @param confirmed LSN up to which its consumer has confirmed; 0 if never
 * @param walStatus reserved, extended, unreserved or lost; null when it was invalidated otherwise
 * @param current the database's current LSN when the slot was read
 */
public record SlotStatus(
    @Nullable String plugin,
    @Nullable String database,
    int activePid,
    long confirmed,
    @Nullable String walStatus,
    long current) {
  /** Whether WAL that the slot still needed is gone, so that it can never be read again. */
  public boolean lost() {
    return walStatus == null || walStatus.equals("lost");
  }

  /** Bytes of WAL written since the confirmed position. */
  public long lagBytes() {
    return Math.max(0, current - confirmed);
  }
}
