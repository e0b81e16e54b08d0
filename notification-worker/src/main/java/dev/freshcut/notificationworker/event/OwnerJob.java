package dev.freshcut.notificationworker.event;

import dev.freshcut.jobstreams.JobType;
import java.time.Instant;

/** To tell one owner that a webhook was disabled. */
public record OwnerJob(long webhookId, Instant disabledAt, long userId) {
  /** The kind of job. */
  public static final JobType<OwnerJob> TYPE = JobType.of("email", "owner", OwnerJob.class);

  String id() {
    return "webhook_disabled:%d:%d:%d:email"
        .formatted(webhookId, disabledAt.toEpochMilli(), userId);
  }
}
