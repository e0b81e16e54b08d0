package dev.freshcut.notificationworker.event;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes a job for each owner, once for each time that a webhook is disabled.
 *
 * @param remember how long an owner's job's id counts after its end
 */
public record DisabledHandler(Deliveries deliveries, Jobs jobs, Duration remember)
    implements JobHandler<DisabledJob> {
  @Override
  public Outcome run(DisabledJob job, JobContext context) {
    if (deliveries.isOpen(job.because())) {
      return Outcome.retry("the delivery is not given up yet");
    }
    Optional<Deliveries.Disabled> found = deliveries.disabled(job.webhookId());
    if (found.isEmpty()) {
      return Outcome.skipped("the webhook is not disabled");
    }
    List<Long> owners = deliveries.owners(found.get().location().id());
    for (long owner : owners) {
      OwnerJob told = new OwnerJob(job.webhookId(), found.get().at(), owner);
      jobs.enqueue(JobRequest.of(OwnerJob.TYPE, told).withId(told.id(), remember));
    }
    return Outcome.done(owners.size() + " owners");
  }
}
