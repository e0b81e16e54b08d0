package dev.freshcut.notificationworker.notice;

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
import org.jspecify.annotations.Nullable;

/** Tells of a change, if it still is as the change left it: else a later change will tell. */
public record NoticeHandler(
    Channel channel, DetailsReader reader, Dispatcher dispatcher, Clock clock)
    implements JobHandler<NoticeJob> {
  @Override
  public Outcome run(NoticeJob job, JobContext context) throws InterruptedException {
    boolean offer = job.kind() == Kind.OFFERED;
    Optional<Details> found = offer ? reader.wish(job.rowId()) : reader.appointment(job.rowId());
    if (found.isEmpty()) {
      return Outcome.skipped("what it is about is gone, or nobody is to be told of it");
    }
    Details details = found.get();
    Entry entry =
        new Entry(
            context.id(),
            details.location().id(),
            details.recipient().customerId(),
            details.appointment().id(),
            offer ? job.rowId() : null,
            job.kind(),
            channel);
    Instant now = clock.instant();
    String overtaken = offer ? endedOffer(details, now) : overtaken(job, details, now);
    if (overtaken != null) {
      return dispatcher.skip(entry, overtaken);
    }
    if (!details.audience().wants(channel, job.committedAt())) {
      return dispatcher.skip(entry, "the customer or the location wants no " + channel.text());
    }
    Optional<Duration> quiet =
        Disturbance.at(now, details.audience().quiet(), details.audience().zone());
    if (channel == Channel.SMS && quiet.isPresent()) {
      return new Outcome.Postponed("quiet hours", quiet.get());
    }
    return dispatcher.send(
        entry,
        new Notification(
            context.id(), content(job, details), details.recipient(), details.location()),
        context);
  }

  private static Content content(NoticeJob job, Details details) {
    Instant until = details.until();
    if (job.kind() == Kind.OFFERED && until != null) {
      return new Content.Offer(details.appointment(), until);
    }
    NoticeJob.AsLeft asLeft = job.asLeft();
    boolean certain =
        details.status().equals("confirmed") || (asLeft != null && asLeft.wasConfirmed());
    return new Content.OfAppointment(job.kind(), details.appointment(), certain);
  }

  private static @Nullable String endedOffer(Details details, Instant now) {
    if (!"offered".equals(details.wish())) {
      return "the wish is " + details.wish();
    }
    Instant until = details.until();
    return until == null || !until.isAfter(now) ? "the offer is over" : null;
  }

  private static @Nullable String overtaken(NoticeJob job, Details details, Instant now) {
    String status = details.status();
    boolean holds =
        switch (job.kind()) {
          case REQUESTED -> status.equals("pending");
          case CONFIRMED -> status.equals("confirmed");
          case CANCELLED -> status.equals("cancelled");
          default -> status.equals("pending") || status.equals("confirmed");
        };
    if (!holds) {
      return "the appointment is " + status;
    }
    NoticeJob.AsLeft asLeft = job.asLeft();
    if (asLeft == null || !details.appointment().startsAt().equals(asLeft.startsAt())) {
      return "the appointment has another time";
    }
    if (details.barberId() != asLeft.barberId() || details.serviceId() != asLeft.serviceId()) {
      return "the appointment has another barber or service";
    }
    return details.appointment().startsAt().isAfter(now) ? null : "the appointment has begun";
  }
}
