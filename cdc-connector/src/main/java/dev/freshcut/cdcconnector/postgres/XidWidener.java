package dev.freshcut.cdcconnector.postgres;

/**
 * Restores the high half of transaction ids, of which the logical replication protocol carries only
 * the low 32 bits.
 *
 * <p>Of the 64-bit ids with the given low half it chooses the one nearest to a reference: the
 * database's when the stream was opened, then the highest id widened since. That is right as long
 * as no transaction in the stream is 2^31 ids away from the reference, which Postgres itself rules
 * out for live transactions (it stops assigning ids before wraparound).
 *
 * <p>Not thread-safe.
 */
public final class XidWidener {
  private static final long EPOCH = 1L << 32;

  private long reference;

  /**
   * Starts from a reference.
   *
   * @param reference {@code pg_snapshot_xmax(pg_current_snapshot())} when the stream was opened
   * @throws IllegalArgumentException if it is negative
   */
  public XidWidener(long reference) {
    if (reference < 0) {
      throw new IllegalArgumentException("reference is negative: " + reference);
    }
    this.reference = reference;
  }

  /**
   * The 64-bit id.
   *
   * @param low the low 32 bits; higher bits are ignored
   */
  public long widen(long low) {
    // The signed 32-bit difference is the distance to the nearest candidate.
    long xid = reference + ((int) low - (int) reference);
    // Ids below zero do not exist: the nearest that does is one epoch up.
    if (xid < 0) {
      xid += EPOCH;
    }
    reference = Math.max(reference, xid);
    return xid;
  }
}
