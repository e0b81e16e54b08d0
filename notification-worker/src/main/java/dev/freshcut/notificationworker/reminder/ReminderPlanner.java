package dev.freshcut.notificationworker.reminder;

import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.Plan;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.state.AppointmentState;
import dev.freshcut.notificationworker.state.Audience;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Derives what is to be planned for an appointment from what it is, whatever led there. */
public final class ReminderPlanner {
  private final Clock clock;
  private final Duration remember;
  private final BiPredicate<String, String> waits;

  /**
   * Makes a planner.
   *
   * @param remember how long a reminder's id counts after its end, and its time before the start
   * @param waits whether the job of this id still waits in this queue
   */
  public ReminderPlanner(Clock clock, Duration remember, BiPredicate<String, String> waits) {
    this.clock = clock;
    this.remember = remember;
    this.waits = waits;
  }

  /**
   * The plan for one channel; an empty one if there is nothing to remind of.
   *
   * @param stamp drawn before {@code state} was looked at
   * @param since when it became so that the appointment starts then, by the database's clock: a
   *     reminder that was due before is none. Null if not known: then one that was due before now
   *     remains if it still waits, and is not made
   */
  public Plan plan(
      long appointmentId,
      @Nullable AppointmentState state,
      Channel channel,
      long stamp,
      @Nullable Instant since) {
    List<JobRequest<?>> jobs = new ArrayList<>();
    Audience audience = state == null ? null : state.audience();
    if (state != null
        && audience != null
        && state.isConfirmed()
        && state.startsAt().isAfter(clock.instant())
        && audience.wants(channel)) {
      for (Reminder reminder :
          ReminderTimes.of(
              state.startsAt(), audience.reminderMinutes(), audience.quiet(), audience.zone())) {
        ReminderJob job = new ReminderJob(appointmentId, state.startsAt(), reminder.minutes());
        if (isWanted(job, reminder, channel, since)) {
          jobs.add(request(job, reminder, channel));
        }
      }
    }
    return new Plan(channel.text(), ReminderJob.group(appointmentId), stamp, jobs);
  }

  private boolean isWanted(
      ReminderJob job, Reminder reminder, Channel channel, @Nullable Instant since) {
    return since != null
        ? reminder.at().isAfter(since)
        : reminder.at().isAfter(clock.instant()) || waits.test(channel.text(), job.id(channel));
  }

  private JobRequest<ReminderJob> request(ReminderJob job, Reminder reminder, Channel channel) {
    Duration remembered = remember.plus(Duration.between(reminder.at(), job.startsAt()));
    return JobRequest.of(ReminderJob.type(channel), job)
        .withId(job.id(channel), remembered)
        .inGroup(ReminderJob.group(job.appointmentId()))
        .at(reminder.at())
        .withDeadline(job.startsAt());
  }
}
