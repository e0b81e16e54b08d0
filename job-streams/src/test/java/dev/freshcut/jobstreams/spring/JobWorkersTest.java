package dev.freshcut.jobstreams.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.worker.Handlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class JobWorkersTest {
  private static final JobType<Thing> ONE = JobType.of("things", "one", Thing.class);
  private static final JobType<Thing> TWO = JobType.of("things", "two", Thing.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MemoryJobStore store = new MemoryJobStore(Clock.systemUTC());

  record Thing(int number) {}

  private static Handlers handlers(JobType<Thing> type) {
    return Handlers.builder().add(type, (thing, context) -> Outcome.done()).build();
  }

  private AnnotationConfigApplicationContext application(
      JobType<Thing> first, JobType<Thing> second, Map<String, Object> settings) {
    AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();
    application
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", settings));
    application.registerBean(JobStore.class, () -> store);
    application.registerBean("first", Handlers.class, () -> handlers(first));
    application.registerBean("second", Handlers.class, () -> handlers(second));
    application.register(JobsConfiguration.class);
    return application;
  }

  @Test
  void handlersOfSeveralBeansShareAQueueAndWorkersStartAgain() {
    try (AnnotationConfigApplicationContext application = application(ONE, TWO, Map.of())) {
      application.refresh();
      Jobs jobs = application.getBean(Jobs.class);
      jobs.enqueue(JobRequest.of(ONE, new Thing(1)));
      jobs.enqueue(JobRequest.of(TWO, new Thing(2)));
      await().atMost(PATIENCE).until(() -> store.status("things").counters().done() == 2);
      assertThat(store.status("things").workers()).isEqualTo(1);

      application.stop();
      assertThat(store.status("things").workers()).isZero();
      jobs.enqueue(JobRequest.of(ONE, new Thing(3)));
      application.start();
      await().atMost(PATIENCE).until(() -> store.status("things").counters().done() == 3);
    }
    assertThat(store.status("things").workers()).isZero();
  }

  @Test
  void twoHandlersOfOneTypeAreAMistake() {
    try (AnnotationConfigApplicationContext application = application(ONE, ONE, Map.of())) {
      assertThatThrownBy(application::refresh)
          .hasRootCauseMessage("job type one of queue things has two handlers");
    }
  }

  @Test
  void aSettingOutOfBoundsIsFoundAtTheStart() {
    Map<String, Object> settings = Map.of("freshcut.jobs.concurrency", "0");
    try (AnnotationConfigApplicationContext application = application(ONE, TWO, settings)) {
      assertThatThrownBy(application::refresh)
          .hasStackTraceContaining("freshcut.jobs.concurrency is 0: from 1 to 10000");
    }
  }
}
