package dev.freshcut.bookingapi.coherence;

import dev.freshcut.coherentcache.Xid;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The text by which a client names a write: {@code x1-} and the transaction id in base 36. Opaque
 * to clients; the number after the x is the version of the format.
 */
public final class ConsistencyToken {
  /** Sent with every write's answer, and sent back by a reader who wants that write contained. */
  public static final String HEADER = "Consistency-Token";

  private static final String PREFIX = "x1-";
  private static final int RADIX = 36;

  /** 2^53 has 11 digits to base 36. */
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-z]{1,11}");

  private ConsistencyToken() {}

  /** The token of a transaction. */
  public static String of(long xid) {
    return PREFIX + Long.toString(Xid.check(xid), RADIX);
  }

  /** The transaction that a token names; empty if the text is not a token. */
  static OptionalLong parse(String token) {
    if (!FORM.matcher(token).matches()) {
      return OptionalLong.empty();
    }
    long xid = Long.parseLong(token.substring(PREFIX.length()), RADIX);
    return xid <= Xid.MAX ? OptionalLong.of(xid) : OptionalLong.empty();
  }
}
