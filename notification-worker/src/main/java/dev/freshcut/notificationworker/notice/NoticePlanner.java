package dev.freshcut.notificationworker.notice;

import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.state.Audience;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Makes jobs of notices. */
public final class NoticePlanner {
  private final Clock clock;
  private final Duration remember;

  /**
   * Makes a planner.
   *
   * @param remember how long a notice's id counts after its end
   */
  public NoticePlanner(Clock clock, Duration remember) {
    this.clock = clock;
    this.remember = remember;
  }

  /**
   * The job by which a notice goes one way: at once, but for an SMS in quiet hours, which waits for
   * their end. Ahead of reminders, and not after the appointment has begun. Of two moves to the
   * same time, barber and service that wait together one is told of.
   */
  public JobRequest<NoticeJob> request(NoticeJob notice, Channel channel, Audience audience) {
    JobRequest<NoticeJob> request =
        JobRequest.of(NoticeJob.type(channel), notice)
            .withId(notice.id(channel), remember)
            .withPriority(Priority.URGENT);
    NoticeJob.AsLeft asLeft = notice.asLeft();
    if (asLeft != null) {
      request = request.withDeadline(asLeft.startsAt());
      if (notice.kind() == Kind.MOVED) {
        // There and back again before the first is told: both would hold.
        request = request.uniqueBy(notice.place(channel), Duration.ZERO);
      }
    }
    Instant now = clock.instant();
    Instant undisturbed = audience.quiet().endAfter(now, audience.zone());
    return channel == Channel.SMS && undisturbed.isAfter(now) ? request.at(undisturbed) : request;
  }
}
