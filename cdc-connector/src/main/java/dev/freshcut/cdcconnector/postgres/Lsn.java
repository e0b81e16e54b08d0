package dev.freshcut.cdcconnector.postgres;

/** Positions in the write-ahead log, as numbers here and as {@code 16/B374D848} in SQL. */
final class Lsn {
  private Lsn() {}

  static String text(long lsn) {
    return "%X/%X".formatted(lsn >>> 32, lsn & 0xFFFF_FFFFL);
  }
}
