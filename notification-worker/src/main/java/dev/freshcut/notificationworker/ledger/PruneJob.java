package dev.freshcut.notificationworker.ledger;

import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.schedule.Schedule;
import dev.freshcut.jobstreams.schedule.Timing;
import java.time.Duration;

/** To delete what is old from the ledgers. */
public record PruneJob() {
  /** The kind of job. */
  public static final JobType<PruneJob> TYPE =
      JobType.of("maintenance", "prune-ledgers", PruneJob.class);

  /** Once an hour, whichever worker it is. */
  public static Schedule schedule() {
    return new Schedule(
        "prune-ledgers", Timing.every(Duration.ofHours(1)), JobRequest.of(TYPE, new PruneJob()));
  }
}
