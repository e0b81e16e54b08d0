package dev.freshcut.coherentcache;

/** 64-bit Postgres transaction ids ({@code xid8}), as far as a Redis score holds them exactly. */
public final class Xid {
  /** 2^53 - 1: the largest integer below which every integer is exact in a Redis score. */
  public static final long MAX = (1L << 53) - 1;

  private Xid() {}

  /**
   * Returns the id.
   *
   * @throws IllegalArgumentException if it is not within 0 to {@link #MAX}
   */
  public static long check(long xid) {
    if (xid < 0 || xid > MAX) {
      throw new IllegalArgumentException(
          "transaction id " + xid + " is outside 0.." + MAX + "; a Redis score cannot hold it");
    }
    return xid;
  }
}
