package dev.freshcut.coherentcache;

/** What a reader asks of the age of an answer. */
public sealed interface Consistency {
  /** No value older than the invalidation pipeline's lag. */
  Consistency EVENTUAL = new Eventual();

  /** Read from the database. */
  Consistency STRONG = new Strong();

  /** Never a value from before transaction {@code xid}, which has committed. */
  static Consistency atLeast(long xid) {
    return new AtLeast(xid);
  }

  /** See {@link #EVENTUAL}. */
  record Eventual() implements Consistency {}

  /** See {@link #atLeast}. */
  record AtLeast(long xid) implements Consistency {
    public AtLeast {
      Xid.check(xid);
    }
  }

  /** See {@link #STRONG}. */
  record Strong() implements Consistency {}
}
