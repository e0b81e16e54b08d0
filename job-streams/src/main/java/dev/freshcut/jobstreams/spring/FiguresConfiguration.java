package dev.freshcut.jobstreams.spring;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.micrometer.MicrometerJobListener;
import dev.freshcut.jobstreams.micrometer.QueueGauges;
import dev.freshcut.jobstreams.store.JobStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/** Figures. Apart, because an application without Micrometer can't even look at this class. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = FiguresConfiguration.MICROMETER)
class FiguresConfiguration {
  static final String MICROMETER = "io.micrometer.core.instrument.MeterRegistry";

  @Bean
  @Fallback
  JobListener jobListener(ObjectProvider<MeterRegistry> registry) {
    MeterRegistry figures = registry.getIfAvailable();
    return figures == null ? JobListener.NONE : new MicrometerJobListener(figures);
  }

  @Bean
  QueueGauges jobQueueGauges(JobStore store, JobQueues queues) {
    return new QueueGauges(store, queues.names());
  }
}
