package dev.freshcut.notificationworker.planning;

import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Plan;
import dev.freshcut.notificationworker.reminder.ReminderPlanner;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.state.AppointmentState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the jobs of reminders equal to what appointments are now, by every channel. */
final class Reminders {
  private final Jobs jobs;
  private final ReminderPlanner planner;

  Reminders(Jobs jobs, ReminderPlanner planner) {
    this.jobs = jobs;
    this.planner = planner;
  }

  /**
   * A number of each queue, to be drawn after what is planned for can be seen and before it is
   * looked at: then whoever has the higher number has seen at least as much.
   */
  Map<Channel, Long> stamps() {
    Map<Channel, Long> stamps = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      stamps.put(channel, jobs.stamp(channel.text()));
    }
    return stamps;
  }

  /** What is to wait for an appointment, by every channel. */
  List<Plan> plans(
      long appointmentId,
      @Nullable AppointmentState state,
      Map<Channel, Long> stamps,
      @Nullable Instant since) {
    return stamps.entrySet().stream()
        .map(stamp -> planner.plan(appointmentId, state, stamp.getKey(), stamp.getValue(), since))
        .toList();
  }

  /** Makes it so. */
  void plan(List<Plan> plans) {
    jobs.plan(plans);
  }
}
