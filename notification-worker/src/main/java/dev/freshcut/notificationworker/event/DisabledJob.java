package dev.freshcut.notificationworker.event;

import dev.freshcut.jobstreams.JobType;

/**
 * To look whether a webhook was disabled, and to have its location's owners told.
 *
 * @param because the delivery that was given up
 */
public record DisabledJob(long webhookId, String because) {
  /** The kind of job. */
  public static final JobType<DisabledJob> TYPE =
      JobType.of("maintenance", "webhook-disabled", DisabledJob.class);

  String id() {
    return "disabled:" + because;
  }
}
