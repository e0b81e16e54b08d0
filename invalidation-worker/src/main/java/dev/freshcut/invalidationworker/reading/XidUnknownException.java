package dev.freshcut.invalidationworker.reading;

/** A change carries 32 bits of its transaction id, and nothing is known to widen them against. */
public final class XidUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  XidUnknownException() {
    super(
        "changes carry no transaction id in a header, no heartbeat has come and Redis has no"
            + " watermark; write the header in the connector, or set freshcut.worker.initial-xid"
            + " to the result of SELECT pg_current_xact_id()");
  }
}
