package dev.freshcut.notificationworker.planning;

import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.notificationworker.event.EventPlanner;
import dev.freshcut.notificationworker.notice.NoticePlanner;
import dev.freshcut.notificationworker.reminder.ReminderPlanner;
import dev.freshcut.notificationworker.settings.NotificationSettings;
import dev.freshcut.notificationworker.state.StateReader;
import dev.freshcut.notificationworker.state.Visibility;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts planning together. */
@Configuration(proxyBeanMethods = false)
public class PlanningConfiguration {
  @Bean
  StateReader stateReader(JdbcClient jdbc) {
    return new StateReader(jdbc);
  }

  @Bean
  Visibility visibility(JdbcClient jdbc, NotificationSettings settings) {
    return new Visibility(jdbc, settings.visibilityTimeout());
  }

  @Bean
  Reminders reminders(Jobs jobs, JobStore store, NotificationSettings settings, Clock clock) {
    return new Reminders(
        jobs,
        new ReminderPlanner(
            clock,
            settings.remember(),
            (queue, id) -> store.find(queue, id).filter(job -> !job.state().ended()).isPresent()));
  }

  @Bean
  Planner planner(
      Jobs jobs,
      Visibility visibility,
      StateReader states,
      Reminders reminders,
      JdbcClient jdbc,
      NotificationSettings settings,
      Clock clock) {
    return new Planner(
        jobs,
        visibility,
        states,
        new NoticePlanner(clock, settings.remember()),
        new EventPlanner(jdbc, settings.remember()),
        reminders,
        clock,
        settings.staleAfter());
  }

  @Bean
  JobHandler<ReplanJob> replanHandler(
      Visibility visibility, StateReader states, Reminders reminders, Clock clock) {
    return new ReplanHandler(visibility, states, reminders, clock);
  }
}
