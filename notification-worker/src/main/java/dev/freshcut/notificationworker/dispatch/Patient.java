package dev.freshcut.notificationworker.dispatch;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.Outcome;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;

/** A handler whose jobs wait, without an attempt being counted, while the database is away. */
public record Patient<P>(JobHandler<P> handler) implements JobHandler<P> {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Read-only, as a standby that was just taken for the primary; and locked by a migration. */
  private static final Set<String> STATES = Set.of("25006", "55P03");

  @Override
  public Outcome run(P payload, JobContext context) throws Exception {
    try {
      return handler.run(payload, context);
    } catch (DataAccessException e) {
      if (!isAway(e)) {
        throw e;
      }
      return new Outcome.Throttled("the database is away: " + e.getClass().getSimpleName(), PAUSE);
    }
  }

  private static boolean isAway(DataAccessException failure) {
    return failure instanceof DataAccessResourceFailureException
        || failure instanceof RecoverableDataAccessException
        || failure instanceof TransientDataAccessException
        || (failure.getCause() instanceof SQLException cause
            && cause.getSQLState() != null
            && STATES.contains(cause.getSQLState()));
  }
}
