package dev.freshcut.jobstreams.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.redis.RedisJobStore;
import dev.freshcut.jobstreams.redis.RedisJobStoreSettings;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.JobStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The example as a whole: Spring, Redis, and what a SIGTERM does to a job that runs. */
class ImagesApplicationIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String redis = TestServers.shared().redis().url();
  private final RedissonClient redisson = Redisson.create(config());
  private final JobStore store =
      new RedisJobStore(
          redisson, new RedisJobStoreSettings("images", Duration.ofSeconds(20), false));
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  private static Config config() {
    Config config = new Config();
    config.useSingleServer().setAddress(TestServers.shared().redis().url());
    return config;
  }

  @AfterEach
  void stop() {
    redisson.shutdown();
  }

  /** Images that take their time. */
  private final class SlowImages implements Resize.Images {
    @Override
    public boolean exists(String image) {
      return true;
    }

    @Override
    public void resize(String image, int width, String key) {
      begun.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void stoppingWaitsForTheJobThatRuns() throws InterruptedException {
    ConfigurableApplicationContext application =
        new SpringApplicationBuilder(ImagesApplication.class)
            .initializers(
                context -> context.getBeanFactory().registerSingleton("images", new SlowImages()))
            .properties(
                "spring.jmx.enabled=false",
                "server.port=0",
                "server.address=127.0.0.1",
                "freshcut.redis.address=" + redis,
                "freshcut.jobs.namespace=images",
                "freshcut.jobs.redis-timeout=20s",
                "freshcut.jobs.lease=40s")
            .run();
    Thread stopping = Thread.ofPlatform().unstarted(application::close);
    try {
      Jobs jobs = application.getBean(Jobs.class);
      String id = jobs.enqueue(new Resize("cat.png", 200).request()).id();
      begun.await();
      await().atMost(PATIENCE).until(() -> store.schedules("images").containsKey("tidy-up"));
      stopping.start();
      gate.countDown();
      stopping.join();
      assertThat(store.find("images", id).map(JobRecord::state)).contains(JobState.DONE);
      assertThat(store.status("images").workers()).isZero();
    } finally {
      gate.countDown();
      application.close();
    }
  }
}
