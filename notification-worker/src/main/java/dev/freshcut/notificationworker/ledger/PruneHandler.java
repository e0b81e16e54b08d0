package dev.freshcut.notificationworker.ledger;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes what is old from the ledgers of messages and of deliveries: oldest first, few at a time,
 * so that nobody waits. What its time does not suffice for is the next one's.
 *
 * @param retention how long an entry is kept
 */
public record PruneHandler(JdbcClient jdbc, Duration retention, Clock clock)
    implements JobHandler<PruneJob> {
  static final int BATCH = 500;

  private static final List<String> LEDGERS = List.of("notifications", "webhook_deliveries");

  @Override
  public Outcome run(PruneJob job, JobContext context) {
    OffsetDateTime before = clock.instant().minus(retention).atOffset(ZoneOffset.UTC);
    int deleted = 0;
    for (String ledger : LEDGERS) {
      long after = 0;
      boolean more = true;
      while (more && !context.cancelled()) {
        List<Long> gone = prune(ledger, after, before);
        deleted += gone.size();
        // Entries whose times are not quite in order leave some behind.
        more = !gone.isEmpty();
        after = more ? Collections.max(gone) : after;
      }
    }
    return Outcome.done("deleted " + deleted + " entries");
  }

  /** By their numbers, which are in the order of their times, and have an index already. */
  private List<Long> prune(String ledger, long after, OffsetDateTime before) {
    return jdbc.sql(
            """
            WITH oldest AS MATERIALIZED (
              SELECT number FROM %1$s WHERE number > :after ORDER BY number LIMIT :most)
            DELETE FROM %1$s USING oldest
              WHERE %1$s.number = oldest.number AND created_at < :before
              RETURNING oldest.number
            """
                .formatted(ledger))
        .param("after", after)
        .param("most", BATCH)
        .param("before", before)
        .query(Long.class)
        .list();
  }
}
