package dev.freshcut.sharedevents.change;

/** Names of the Kafka record headers that the change connector adds to Debezium's envelope. */
public final class ChangeHeaders {
  /**
   * The 64-bit Postgres transaction id ({@code xid8}) that made the change: ASCII decimal digits.
   * Debezium's envelope itself carries only the low 32 bits.
   */
  public static final String XID = "freshcut.xid";

  private ChangeHeaders() {}
}
