package dev.freshcut.invalidationworker.reading;

import dev.freshcut.coherentcache.Xid;
import dev.freshcut.sharedevents.change.ChangeHeaders;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The record header that carries the 64-bit transaction id. */
sealed interface XidHeader {
  /** The id, if there is a valid one. */
  default OptionalLong xid() {
    return OptionalLong.empty();
  }

  /** The record has none. */
  record Absent() implements XidHeader {}

  /** The record has one that is not an id. */
  record Malformed(String reason) implements XidHeader {}

  /** The record's transaction id. */
  record Present(long id) implements XidHeader {
    @Override
    public OptionalLong xid() {
      return OptionalLong.of(id);
    }
  }

  /** Reads it; an id far ahead of all that have been seen would end all caching, and is refused. */
  static XidHeader of(Headers headers, Xids seen) {
    Header header = headers.lastHeader(ChangeHeaders.XID);
    if (header == null) {
      return new Absent();
    }
    byte[] digits = header.value();
    if (digits == null || digits.length == 0 || digits.length > 16) {
      return malformed();
    }
    long id = 0;
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') {
        return malformed();
      }
      id = id * 10 + (digit - '0');
    }
    if (id > Xid.MAX) {
      return malformed();
    }
    return seen.isPlausible(id)
        ? new Present(id)
        : new Malformed("header " + ChangeHeaders.XID + " is far ahead of all ids seen");
  }

  private static Malformed malformed() {
    return new Malformed(
        "header " + ChangeHeaders.XID + " is not a decimal number from 0 to " + Xid.MAX);
  }
}
