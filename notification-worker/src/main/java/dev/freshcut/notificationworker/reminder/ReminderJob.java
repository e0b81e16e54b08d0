package dev.freshcut.notificationworker.reminder;

import dev.freshcut.jobstreams.JobType;
import dev.freshcut.notificationworker.sending.Channel;
import java.time.Instant;

/**
 * To remind somebody of an appointment.
 *
 * @param startsAt what it was planned for: if the appointment has another start, this is not the
 *     one to send
 * @param minutes see {@link Reminder}
 */
public record ReminderJob(long appointmentId, Instant startsAt, int minutes) {
  /** Of a channel. */
  public static JobType<ReminderJob> type(Channel channel) {
    return JobType.of(channel.text(), "reminder", ReminderJob.class);
  }

  /** Under which an appointment's reminders are planned. */
  static String group(long appointmentId) {
    return "appointment:" + appointmentId;
  }

  /** Names what is said, not when: a reminder that is planned for another time stays the same. */
  String id(Channel channel) {
    return "reminder:%d:%d:%d:%s"
        .formatted(appointmentId, startsAt.getEpochSecond(), minutes, channel.text());
  }
}
