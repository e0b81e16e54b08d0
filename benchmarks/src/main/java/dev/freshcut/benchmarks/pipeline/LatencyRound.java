package dev.freshcut.benchmarks.pipeline;

import dev.freshcut.benchmarks.measure.OpenLoop;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What one round of changes at a fixed rate gave.
 *
 * @param commitToGone nanoseconds from the commit's return to the entry's deletion; 0 where the
 *     entry was gone before the commit returned
 * @param dueToGone nanoseconds from when the change was due to the entry's deletion: includes the
 *     commit itself, and all waiting
 * @param lateness nanoseconds by which changes were begun late
 */
record LatencyRound(Histogram commitToGone, Histogram dueToGone, Histogram lateness) {
  private static final int WRITERS = 4;
  private static final long PATIENCE_SECONDS = 60;

  double medianMillis() {
    return commitToGone.getValueAtPercentile(50) / 1e6;
  }

  double p99Millis() {
    return commitToGone.getValueAtPercentile(99) / 1e6;
  }

  /**
   * Changes the items from {@code first} on, each once, and waits until their entries are gone.
   *
   * @throws IllegalStateException if entries are still there a minute later
   */
  static LatencyRound run(
      ItemsDatabase database, DeletionWatch watch, double perSecond, long first, int count)
      throws Exception {
    long[] due = new long[count];
    long[] committed = new long[count];
    watch.expect(first, count);
    Histogram lateness;
    List<Connection> connections = new ArrayList<>();
    try {
      List<PreparedStatement> changes = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        connections.add(database.connect());
        changes.add(ItemsDatabase.change(connections.get(i)));
      }
      lateness =
          new OpenLoop(perSecond, WRITERS)
              .offer(
                  count,
                  (thread, i, dueAt) -> {
                    due[i] = dueAt;
                    change(changes.get(thread), first + i);
                    committed[i] = System.nanoTime();
                  });
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
    long left = watch.await(PATIENCE_SECONDS);
    if (left > 0) {
      throw new IllegalStateException(left + " of " + count + " entries were never evicted");
    }
    return between(watch, due, committed, lateness);
  }

  private static void change(PreparedStatement statement, long item) throws SQLException {
    statement.setLong(1, item);
    if (statement.executeUpdate() != 1) {
      throw new IllegalStateException("there is no item " + item);
    }
  }

  private static LatencyRound between(
      DeletionWatch watch, long[] due, long[] committed, Histogram lateness) {
    Histogram commitToGone = OpenLoop.newHistogram();
    Histogram dueToGone = OpenLoop.newHistogram();
    for (int i = 0; i < due.length; i++) {
      // An entry may be gone before its writer is told of the commit; ratios need more than zero.
      commitToGone.recordValue(Math.max(1, watch.goneAt(i) - committed[i]));
      dueToGone.recordValue(Math.max(1, watch.goneAt(i) - due[i]));
    }
    return new LatencyRound(commitToGone, dueToGone, lateness);
  }
}
