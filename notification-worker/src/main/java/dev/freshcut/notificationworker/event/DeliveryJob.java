package dev.freshcut.notificationworker.event;

import dev.freshcut.jobstreams.JobType;

/** To tell one webhook of an event. */
public record DeliveryJob(long webhookId, Event event) {
  /** The kind of job. */
  public static final JobType<DeliveryJob> TYPE =
      JobType.of("webhooks", "delivery", DeliveryJob.class);

  String id() {
    return "webhook:" + webhookId + ":" + event.id();
  }
}
