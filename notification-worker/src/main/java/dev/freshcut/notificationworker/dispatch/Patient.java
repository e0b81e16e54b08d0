package dev.freshcut.notificationworker.dispatch;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.Outcome;
import java.time.Duration;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;

/** A handler whose jobs wait, without an attempt being counted, while the database is away. */
public record Patient<P>(JobHandler<P> handler) implements JobHandler<P> {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  @Override
  public Outcome run(P payload, JobContext context) throws Exception {
    try {
      return handler.run(payload, context);
    } catch (DataAccessResourceFailureException
        | RecoverableDataAccessException
        | TransientDataAccessException e) {
      return new Outcome.Throttled("the database is away: " + e.getClass().getSimpleName(), PAUSE);
    }
  }
}
