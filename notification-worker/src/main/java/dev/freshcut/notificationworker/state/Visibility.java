package dev.freshcut.notificationworker.state;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Waits until what was committed can be seen. The change stream shows a commit a little before
 * other sessions' snapshots do (Postgres writes the commit to its log first), and a look in between
 * would find the row as it was.
 */
public final class Visibility {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

  private final JdbcClient jdbc;
  private final Duration atMost;

  /**
   * Uses a database.
   *
   * @param atMost how long to wait; a synchronous standby that is away can make it long
   */
  public Visibility(JdbcClient jdbc, Duration atMost) {
    this.jdbc = jdbc;
    this.atMost = atMost;
  }

  /**
   * Returns when every later snapshot sees these transactions.
   *
   * @throws NotVisibleException if that takes too long, or this thread is interrupted; to be tried
   *     again
   */
  public void await(Collection<Long> xids) {
    Set<Long> wanted = Set.copyOf(xids);
    long end = System.nanoTime() + atMost.toNanos();
    Duration pause = FIRST_PAUSE;
    while (!visible(wanted)) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        throw new NotVisibleException(
            "transactions of the change stream are not visible in the database after " + atMost);
      }
      LockSupport.parkNanos(pause.toNanos());
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
  }

  private boolean visible(Set<Long> xids) {
    if (xids.isEmpty()) {
      return true;
    }
    String[] texts = xids.stream().map(String::valueOf).toArray(String[]::new);
    return jdbc.sql(
            """
            SELECT bool_and(pg_visible_in_snapshot(x::xid8, pg_current_snapshot()))
              FROM unnest(?::text[]) AS x
            """)
        .param(texts)
        .query(Boolean.class)
        .single();
  }
}
