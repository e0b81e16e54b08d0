package dev.freshcut.notificationworker.planning;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.state.AppointmentState;
import dev.freshcut.notificationworker.state.StateReader;
import dev.freshcut.notificationworker.state.Visibility;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Plans page after page, so that no look is old when its plan is made. */
final class ReplanHandler implements JobHandler<ReplanJob> {
  static final int PAGE = 200;

  private final Visibility visibility;
  private final StateReader states;
  private final Reminders reminders;
  private final Clock clock;

  ReplanHandler(Visibility visibility, StateReader states, Reminders reminders, Clock clock) {
    this.visibility = visibility;
    this.states = states;
    this.reminders = reminders;
    this.clock = clock;
  }

  @Override
  public Outcome run(ReplanJob job, JobContext context) {
    visibility.await(List.of(job.xid()));
    long after = 0;
    int planned = 0;
    while (!context.cancelled()) {
      Map<Channel, Long> stamps = reminders.stamps();
      List<AppointmentState> page = states.upcoming(job.scope(), clock.instant(), after, PAGE);
      reminders.plan(
          page.stream()
              .flatMap(state -> reminders.plans(state.id(), state, stamps, null).stream())
              .toList());
      planned += page.size();
      if (page.size() < PAGE) {
        return Outcome.done("planned " + planned + " appointments");
      }
      after = page.getLast().id();
      context.progress(50, "planned " + planned + " appointments, and going on");
    }
    return Outcome.retry("interrupted after " + planned + " appointments");
  }
}
