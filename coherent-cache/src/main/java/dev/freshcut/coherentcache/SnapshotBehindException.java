package dev.freshcut.coherentcache;

/**
 * The database that was read does not contain the transaction that the reader named: it is a
 * replica that has not caught up, or the transaction does not exist.
 */
public final class SnapshotBehindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SnapshotBehindException(long xid, Snapshot snapshot) {
    super("transaction " + xid + " is not contained in the snapshot read (" + snapshot + ")");
  }
}
