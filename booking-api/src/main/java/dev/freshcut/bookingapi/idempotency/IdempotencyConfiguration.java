package dev.freshcut.bookingapi.idempotency;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class IdempotencyConfiguration implements WebMvcConfigurer, SchedulingConfigurer {
  private static final Logger log = LoggerFactory.getLogger(IdempotencyConfiguration.class);

  /** After access and rate limits have been checked. */
  private static final int LAST = 1_000;

  private static final int BATCH = 1_000;

  private final KeyTable table;
  private final IdempotencySettings settings;

  IdempotencyConfiguration(KeyTable table, IdempotencySettings settings) {
    this.table = table;
    this.settings = settings;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new EarlierAnswer()).addPathPatterns("/api/**").order(LAST);
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar tasks) {
    Duration interval = settings.sweepInterval();
    tasks.addFixedDelayTask(new FixedDelayTask(this::sweep, interval, interval));
  }

  private void sweep() {
    try {
      while (table.sweep(BATCH) == BATCH) {
        log.debug("deleted {} idempotency keys that are older than {}", BATCH, settings.lifetime());
      }
    } catch (DataAccessException | TransactionException e) {
      log.warn(
          "old idempotency keys are not deleted, tried again in {}: {}",
          settings.sweepInterval(),
          e.getMessage());
    }
  }
}
