package dev.freshcut.notificationworker.reminder;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.notificationworker.dispatch.Dispatcher;
import dev.freshcut.notificationworker.dispatch.Disturbance;
import dev.freshcut.notificationworker.ledger.Entry;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Content;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.state.Details;
import dev.freshcut.notificationworker.state.DetailsReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reminds, if what is to be reminded of is still so. */
public record ReminderHandler(
    Channel channel, DetailsReader reader, Dispatcher dispatcher, Clock clock)
    implements JobHandler<ReminderJob> {
  @Override
  public Outcome run(ReminderJob job, JobContext context) throws InterruptedException {
    Optional<Details> found = reader.appointment(job.appointmentId());
    if (found.isEmpty()) {
      return Outcome.skipped("the appointment is gone, or nobody is to be told of it");
    }
    Details details = found.get();
    Entry entry =
        new Entry(
            context.id(),
            details.location().id(),
            details.recipient().customerId(),
            job.appointmentId(),
            null,
            Kind.REMINDER,
            channel);
    Instant now = clock.instant();
    if (!details.status().equals("confirmed")) {
      return dispatcher.skip(entry, "the appointment is " + details.status());
    }
    if (!details.appointment().startsAt().equals(job.startsAt())) {
      return dispatcher.skip(entry, "the appointment has another time");
    }
    if (!job.startsAt().isAfter(now)) {
      return dispatcher.skip(entry, "the appointment has begun");
    }
    if (!details.audience().wants(channel)) {
      return dispatcher.skip(entry, "the customer or the location wants no " + channel.text());
    }
    Optional<Duration> quiet =
        Disturbance.at(now, details.audience().quiet(), details.audience().zone());
    if (quiet.isPresent()) {
      Instant end = now.plus(quiet.get());
      return end.plus(ReminderTimes.LEAST_NOTICE).isAfter(job.startsAt())
          ? dispatcher.skip(entry, "it came too late, in quiet hours that end too late")
          : new Outcome.Postponed("quiet hours", quiet.get());
    }
    Content content = new Content.OfAppointment(Kind.REMINDER, details.appointment(), true);
    return dispatcher.send(
        entry,
        new Notification(context.id(), content, details.recipient(), details.location()),
        context);
  }
}
