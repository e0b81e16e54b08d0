package dev.freshcut.notificationworker.event;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.notificationworker.dispatch.Dispatcher;
import dev.freshcut.notificationworker.ledger.Entry;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.Recipient;
import java.util.Optional;

/** Tells an owner that a webhook was disabled, if it still is. */
public record OwnerHandler(Deliveries deliveries, Dispatcher dispatcher)
    implements JobHandler<OwnerJob> {
  @Override
  public Outcome run(OwnerJob job, JobContext context) throws InterruptedException {
    Optional<Deliveries.Disabled> found = deliveries.disabled(job.webhookId());
    if (found.isEmpty() || !found.get().at().equals(job.disabledAt())) {
      return Outcome.skipped("the webhook was enabled again");
    }
    Deliveries.Disabled disabled = found.get();
    Optional<Recipient> owner = deliveries.owner(disabled.location(), job.userId());
    if (owner.isEmpty()) {
      return Outcome.skipped("the user is no owner any more");
    }
    Entry entry =
        new Entry(
            context.id(),
            disabled.location().id(),
            null,
            null,
            null,
            Kind.WEBHOOK_DISABLED,
            Channel.EMAIL);
    Notification notification =
        new Notification(context.id(), disabled.content(), owner.get(), disabled.location());
    return dispatcher.send(entry, notification, context);
  }
}
