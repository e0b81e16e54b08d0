package dev.freshcut.notificationworker.operations;

import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.RetryPolicy;
import dev.freshcut.jobstreams.schedule.Schedule;
import dev.freshcut.jobstreams.worker.Handlers;
import dev.freshcut.notificationworker.dispatch.DispatchListener;
import dev.freshcut.notificationworker.dispatch.Dispatcher;
import dev.freshcut.notificationworker.dispatch.Patient;
import dev.freshcut.notificationworker.event.Deliveries;
import dev.freshcut.notificationworker.event.DeliveryHandler;
import dev.freshcut.notificationworker.event.DeliveryJob;
import dev.freshcut.notificationworker.event.DisabledHandler;
import dev.freshcut.notificationworker.event.DisabledJob;
import dev.freshcut.notificationworker.event.OwnerHandler;
import dev.freshcut.notificationworker.event.OwnerJob;
import dev.freshcut.notificationworker.ledger.Ledger;
import dev.freshcut.notificationworker.ledger.PruneHandler;
import dev.freshcut.notificationworker.ledger.PruneJob;
import dev.freshcut.notificationworker.notice.NoticeHandler;
import dev.freshcut.notificationworker.notice.NoticeJob;
import dev.freshcut.notificationworker.planning.ReplanJob;
import dev.freshcut.notificationworker.reminder.ReminderHandler;
import dev.freshcut.notificationworker.reminder.ReminderJob;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Sender;
import dev.freshcut.notificationworker.sending.WebhookSender;
import dev.freshcut.notificationworker.settings.NotificationSettings;
import dev.freshcut.notificationworker.state.DetailsReader;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who does which jobs, and how often it is tried. */
@Configuration(proxyBeanMethods = false)
public class DeliveringConfiguration {
  /** Longer than any provider is waited for. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /** All upcoming appointments of a large chain. */
  private static final Duration REPLAN_TIMEOUT = Duration.ofHours(1);

  private static final RetryPolicy EMAIL = RetryPolicy.defaults();
  private static final RetryPolicy DELIVERIES = EMAIL.withAttempts(DeliveryHandler.ATTEMPTS);
  private static final RetryPolicy SMS = EMAIL.withFirst(Duration.ofSeconds(30));

  /** It has no effects but on the queue, so there is no harm in trying for hours. */
  private static final RetryPolicy MAINTENANCE = EMAIL.withAttempts(20);

  @Bean
  Dispatcher dispatcher(
      JdbcClient jdbc, ObjectProvider<Sender> senders, DispatchListener listener, Clock clock) {
    return new Dispatcher(
        new Ledger(jdbc, clock), senders.orderedStream().toList(), listener, clock);
  }

  @Bean
  Schedule pruning() {
    return PruneJob.schedule();
  }

  @Bean
  Handlers handlers(
      JdbcClient jdbc,
      Jobs jobs,
      Dispatcher dispatcher,
      WebhookSender webhooks,
      JobHandler<ReplanJob> replan,
      NotificationSettings settings,
      Clock clock) {
    DetailsReader details = new DetailsReader(jdbc);
    Deliveries deliveries = new Deliveries(jdbc, clock);
    Handlers.Builder handlers = Handlers.builder();
    for (Channel channel : Channel.values()) {
      RetryPolicy policy =
          switch (channel) {
            case EMAIL -> EMAIL;
            case SMS -> SMS;
          };
      handlers
          .add(
              NoticeJob.type(channel),
              policy,
              TIMEOUT,
              new Patient<>(new NoticeHandler(channel, details, dispatcher, clock)))
          .add(
              ReminderJob.type(channel),
              policy,
              TIMEOUT,
              new Patient<>(new ReminderHandler(channel, details, dispatcher, clock)));
    }
    return handlers
        .add(OwnerJob.TYPE, EMAIL, TIMEOUT, new Patient<>(new OwnerHandler(deliveries, dispatcher)))
        .add(
            DeliveryJob.TYPE,
            DELIVERIES,
            TIMEOUT,
            new Patient<>(
                new DeliveryHandler(deliveries, webhooks, jobs, settings.remember(), clock)))
        .add(
            DisabledJob.TYPE,
            MAINTENANCE,
            TIMEOUT,
            new Patient<>(new DisabledHandler(deliveries, jobs, settings.remember())))
        .add(
            PruneJob.TYPE,
            MAINTENANCE,
            TIMEOUT,
            new Patient<>(new PruneHandler(jdbc, settings.ledgerRetention(), clock)))
        .add(ReplanJob.TYPE, MAINTENANCE, REPLAN_TIMEOUT, new Patient<>(replan))
        .build();
  }
}
