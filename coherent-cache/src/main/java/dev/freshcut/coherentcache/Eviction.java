package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.Pattern;

/**
 * The removal of every entry of a pattern that does not contain a transaction.
 *
 * @param pattern which entries
 * @param xid the transaction that changed what they were made from
 */
public record Eviction(Pattern pattern, long xid) {
  public Eviction {
    Xid.check(xid);
  }
}
