package dev.freshcut.notificationworker.planning;

import dev.freshcut.jobstreams.JobType;
import dev.freshcut.notificationworker.reading.Scope;
import java.util.Locale;

/**
 * To plan the reminders of upcoming appointments anew, because what they depend on has changed.
 *
 * @param xid the transaction that changed it
 */
public record ReplanJob(Scope scope, long xid) {
  /** The kind of job. */
  public static final JobType<ReplanJob> TYPE =
      JobType.of("maintenance", "replan", ReplanJob.class);

  String id() {
    return "replan:%s:%d:%d".formatted(scope.of().name().toLowerCase(Locale.ROOT), scope.id(), xid);
  }
}
