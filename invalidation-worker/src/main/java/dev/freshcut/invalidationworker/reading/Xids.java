package dev.freshcut.invalidationworker.reading;

import dev.freshcut.coherentcache.Xid;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The highest transaction id seen in the stream, and by it the widening of the 32 bits that the
 * envelope carries. Shared by all consumers of this process.
 */
public final class Xids {
  private static final long UNKNOWN = -1;
  private static final long EPOCH = 1L << 32;

  private final AtomicLong highest = new AtomicLong(UNKNOWN);

  /** Takes note of a transaction id. */
  public void saw(long xid) {
    if (xid > highest.get()) {
      highest.accumulateAndGet(xid, Math::max);
    }
  }

  /** The highest id seen; empty if none has been. */
  public OptionalLong highest() {
    long known = highest.get();
    return known == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(known);
  }

  /** Whether an id is not more than 2^32 ahead of the highest seen. */
  boolean isPlausible(long xid) {
    long known = highest.get();
    return known == UNKNOWN || xid <= known + EPOCH;
  }

  /**
   * The 64-bit id with these low bits that is nearest to the highest seen: right as long as the
   * record is less than 2^31 transactions away from it, which Postgres's own wraparound limit
   * ensures for all that are in flight at once.
   *
   * @param low the low 32 bits, unsigned
   * @throws XidUnknownException if no id has been seen
   */
  long widen(long low) {
    long reference = highest.get();
    if (reference == UNKNOWN) {
      throw new XidUnknownException();
    }
    long candidate = (reference & -EPOCH) | low;
    if (candidate - reference > EPOCH / 2 && candidate >= EPOCH) {
      return candidate - EPOCH;
    }
    if (reference - candidate > EPOCH / 2 && candidate + EPOCH <= Xid.MAX) {
      return candidate + EPOCH;
    }
    return candidate;
  }
}
