package dev.freshcut.notificationworker.dispatch;

import dev.freshcut.jobstreams.JobContext;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Notes in a ledger what is out in the world already. */
public final class Closing {
  private static final Logger log = LoggerFactory.getLogger(Closing.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private Closing() {}

  /**
   * Notes that a job's message is sent, as long as the database is away and the job has time. When
   * there is no more time the job is to end as done all the same, which the queue remembers:
   * another attempt would find what was not closed, and send it again.
   */
  public static void note(JobContext context, Runnable inLedger) {
    while (true) {
      boolean last = context.cancelled();
      if (last) {
        // Else it would keep this thread from a database that is there.
        boolean unused = Thread.interrupted();
      }
      try {
        inLedger.run();
        return;
      } catch (DataAccessException e) {
        if (last) {
          log.error("{} was sent and stays as sending; the queue alone knows", context.id(), e);
          return;
        }
        log.warn("{} was sent, and the ledger does not know yet; tells it again", context.id());
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        log.debug("{}: once more, and then no more", context.id());
      }
    }
  }
}
