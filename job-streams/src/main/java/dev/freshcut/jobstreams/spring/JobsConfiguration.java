package dev.freshcut.jobstreams.spring;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.schedule.Schedule;
import dev.freshcut.jobstreams.schedule.Scheduler;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.worker.Handlers;
import dev.freshcut.jobstreams.worker.JobWorker;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;

/**
 * For an application that imports it and has a {@link JobStore}: {@link Jobs} for its producers, a
 * worker for each queue that its {@link Handlers} beans name, and a scheduler of its {@link
 * Schedule} beans. With a {@code MeterRegistry} there are figures; its {@link Clock} is used if it
 * has one. A {@link JobListener} or {@link Jobs} bean of its own takes the place of the one from
 * here. The operators' surface ({@link JobsController}) is imported on its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobsProperties.class)
@Import(FiguresConfiguration.class)
public class JobsConfiguration {
  @Bean
  @Fallback
  @ConditionalOnMissingClass(FiguresConfiguration.MICROMETER)
  JobListener noFigures() {
    return JobListener.NONE;
  }

  @Bean
  @Fallback
  Jobs jobs(JobStore store, JobListener listener) {
    return new StoredJobs(store, Payloads.defaults(), listener);
  }

  @Bean
  JobQueues jobQueues(ObjectProvider<Handlers> handlers, ObjectProvider<Schedule> schedules) {
    return JobQueues.of(handlers.stream().toList(), schedules.stream().toList());
  }

  @Bean
  JobWorkers jobWorkers(
      JobStore store,
      ObjectProvider<Handlers> handlers,
      ObjectProvider<Schedule> schedules,
      JobsProperties properties,
      JobListener listener,
      ObjectProvider<Clock> clock) {
    Handlers all = Handlers.of(handlers.stream().toList());
    Clock time = clock.getIfAvailable(Clock::systemUTC);
    // Found out at the start, not at the first job.
    all.queues().forEach(properties::worker);
    List<Schedule> recurring = schedules.stream().toList();
    return new JobWorkers(
        () ->
            all.queues().stream()
                .map(
                    queue ->
                        new JobWorker(queue, store, all, properties.worker(queue), listener, time))
                .toList(),
        () -> new Scheduler(store, recurring, Payloads.defaults(), listener));
  }
}
