package dev.freshcut.coherentcache;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A Postgres snapshot: which transactions' effects a query sees. See {@code pg_snapshot} in the
 * Postgres manual ("Transaction ID and Snapshot Information Functions").
 */
public final class Snapshot {
  private final long xmin;
  private final long xmax;
  private final long[] inProgress;

  private Snapshot(long xmin, long xmax, long[] inProgress) {
    this.xmin = xmin;
    this.xmax = xmax;
    this.inProgress = inProgress;
  }

  /**
   * Parses the text form {@code xmin:xmax:xip,xip,...}.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static Snapshot parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a pg_snapshot: " + text);
    }
    long[] running =
        parts[2].isEmpty()
            ? new long[0]
            : Arrays.stream(parts[2].split(",")).mapToLong(Long::parseLong).sorted().toArray();
    return new Snapshot(
        Xid.check(Long.parseLong(parts[0])), Xid.check(Long.parseLong(parts[1])), running);
  }

  /**
   * Every transaction below it had ended, and its effects are seen, when the snapshot was taken.
   */
  public long floor() {
    return xmin;
  }

  /** Whether the effects of a transaction that has committed are seen. */
  public boolean contains(long xid) {
    return xid < xmin || (xid < xmax && Arrays.binarySearch(inProgress, xid) < 0);
  }

  @Override
  public String toString() {
    return Arrays.stream(inProgress)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(",", xmin + ":" + xmax + ":", ""));
  }
}
