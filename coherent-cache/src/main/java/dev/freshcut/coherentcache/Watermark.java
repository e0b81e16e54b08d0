package dev.freshcut.coherentcache;

import java.time.Instant;

/**
 * How far invalidation has come: every change committed before {@code committedBefore} (by the
 * database's clock) has been evicted.
 *
 * @param committedBefore commit time of the newest heartbeat whose predecessors have all been
 *     evicted
 * @param xid the highest transaction id that had been assigned by then
 * @param horizon {@code pg_snapshot_xmin} at that time
 */
public record Watermark(Instant committedBefore, long xid, long horizon) {}
