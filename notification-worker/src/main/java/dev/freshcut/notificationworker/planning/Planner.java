package dev.freshcut.notificationworker.planning;

import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Plan;
import dev.freshcut.notificationworker.event.Event;
import dev.freshcut.notificationworker.event.EventPlanner;
import dev.freshcut.notificationworker.event.EventRule;
import dev.freshcut.notificationworker.notice.NoticeJob;
import dev.freshcut.notificationworker.notice.NoticePlanner;
import dev.freshcut.notificationworker.notice.NoticeRule;
import dev.freshcut.notificationworker.reading.Fact;
import dev.freshcut.notificationworker.reading.Fact.AppointmentChanged;
import dev.freshcut.notificationworker.reading.Fact.RulesChanged;
import dev.freshcut.notificationworker.reading.Fact.StreamGap;
import dev.freshcut.notificationworker.reading.Fact.WishChanged;
import dev.freshcut.notificationworker.reading.Scope;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.state.AppointmentState;
import dev.freshcut.notificationworker.state.Audience;
import dev.freshcut.notificationworker.state.StateReader;
import dev.freshcut.notificationworker.state.Visibility;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes jobs of facts. All that it does can be repeated: notices, deliveries and replans have ids
 * that follow from their facts, and reminders are planned from what is now. When it returns, the
 * queue has confirmed everything; when it throws, the same facts are to be given to it again.
 */
public final class Planner {
  private final Jobs jobs;
  private final Visibility visibility;
  private final StateReader states;
  private final NoticePlanner notices;
  private final EventPlanner events;
  private final Reminders reminders;
  private final Clock clock;
  private final Duration staleAfter;

  Planner(
      Jobs jobs,
      Visibility visibility,
      StateReader states,
      NoticePlanner notices,
      EventPlanner events,
      Reminders reminders,
      Clock clock,
      Duration staleAfter) {
    this.jobs = jobs;
    this.visibility = visibility;
    this.states = states;
    this.notices = notices;
    this.events = events;
    this.reminders = reminders;
    this.clock = clock;
    this.staleAfter = staleAfter;
  }

  /** Makes the jobs of these facts, which come in the order of each row's changes. */
  public void work(List<Fact> facts) {
    Map<Long, List<AppointmentChanged>> appointments = new LinkedHashMap<>();
    List<WishChanged> wishes = new ArrayList<>();
    List<JobRequest<?>> requests = new ArrayList<>();
    Set<Long> xids = new HashSet<>();
    for (Fact fact : facts) {
      switch (fact) {
        case AppointmentChanged change -> {
          appointments.computeIfAbsent(change.id(), id -> new ArrayList<>()).add(change);
          xids.add(change.commit().xid());
        }
        case WishChanged change -> {
          wishes.add(change);
          xids.add(change.commit().xid());
        }
        case RulesChanged change -> requests.add(replan(change.scope(), change.commit().xid()));
        case StreamGap gap -> requests.add(replan(Scope.EVERYTHING, gap.xid()));
      }
    }
    visibility.await(xids);
    Map<Channel, Long> stamps = appointments.isEmpty() ? Map.of() : reminders.stamps();
    Map<Long, AppointmentState> now =
        appointments.isEmpty() ? Map.of() : states.appointments(appointments.keySet());
    List<Plan> plans = new ArrayList<>();
    List<Event> told = new ArrayList<>();
    appointments.forEach(
        (id, changes) -> {
          AppointmentState state = now.get(id);
          if (mayHaveReminders(changes, state)) {
            plans.addAll(reminders.plans(id, state, stamps, since(changes, state)));
          }
          for (AppointmentChanged change : changes) {
            if (!isOld(change.commit().at())) {
              Audience audience = state == null ? null : state.audience();
              NoticeRule.of(change).ifPresent(notice -> tell(notice, audience, requests));
              told.addAll(EventRule.of(change));
            }
          }
        });
    reminders.plan(plans);
    offers(wishes, told, requests);
    requests.addAll(events.requests(told));
    if (!requests.isEmpty()) {
      jobs.enqueue(requests);
    }
  }

  private void offers(List<WishChanged> wishes, List<Event> told, List<JobRequest<?>> requests) {
    List<WishChanged> news = wishes.stream().filter(wish -> !isOld(wish.commit().at())).toList();
    if (news.isEmpty()) {
      return;
    }
    Map<Long, Audience> audiences =
        states.audiences(news.stream().map(wish -> wish.after().customerId()).toList());
    for (WishChanged wish : news) {
      NoticeRule.of(wish)
          .ifPresent(notice -> tell(notice, audiences.get(wish.after().customerId()), requests));
      told.addAll(EventRule.of(wish));
    }
  }

  private void tell(NoticeJob notice, @Nullable Audience audience, List<JobRequest<?>> requests) {
    for (Channel channel : Channel.values()) {
      if (audience != null && audience.wants(channel, notice.committedAt())) {
        requests.add(notices.request(notice, channel, audience));
      }
    }
  }

  /** Nobody wants to hear of it any more. */
  private boolean isOld(Instant committedAt) {
    return committedAt.isBefore(clock.instant().minus(staleAfter));
  }

  private JobRequest<?> replan(Scope scope, long xid) {
    ReplanJob job = new ReplanJob(scope, xid);
    return JobRequest.of(ReplanJob.TYPE, job).withId(job.id(), staleAfter);
  }

  /** Spares the queue a plan for every hold that comes and goes. */
  private static boolean mayHaveReminders(
      List<AppointmentChanged> changes, @Nullable AppointmentState state) {
    return (state != null && state.isConfirmed())
        || changes.stream()
            .anyMatch(
                change ->
                    (change.before() != null && change.before().isOpen())
                        || (change.after() != null && change.after().isOpen()));
  }

  /** When it became so that the appointment starts when it does, if one of these changes did it. */
  private static @Nullable Instant since(
      List<AppointmentChanged> changes, @Nullable AppointmentState state) {
    if (state == null || !state.isConfirmed()) {
      return null;
    }
    return changes.stream()
        .filter(change -> !change.snapshot() && made(change, state.startsAt()))
        .map(change -> change.commit().at())
        .reduce((first, last) -> last)
        .orElse(null);
  }

  private static boolean made(AppointmentChanged change, Instant startsAt) {
    return change.after() != null
        && change.after().status().equals("confirmed")
        && change.after().startsAt().equals(startsAt)
        && (change.before() == null
            || !change.before().status().equals("confirmed")
            || !change.before().startsAt().equals(startsAt));
  }
}
