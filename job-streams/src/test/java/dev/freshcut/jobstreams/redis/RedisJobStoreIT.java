package dev.freshcut.jobstreams.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Bench;
import dev.freshcut.jobstreams.store.JobStoreContract;
import dev.freshcut.jobstreams.store.Taken;
import dev.freshcut.jobstreams.store.TestJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.config.Config;

class RedisJobStoreIT implements JobStoreContract {
  private static final Duration WAIT = Duration.ofMillis(300);

  private final RedisBench redis = new RedisBench(config());

  /** Which Redis; over a cluster the same must hold. */
  Config config() {
    return RedisBench.singleServer();
  }

  @Override
  public Bench bench() {
    return redis.bench;
  }

  @Test
  void anIdleWorkerDoesNotSpinWhileJobsRun() throws Exception {
    bench().store.enqueue(bench().queue, List.of(TestJob.job("a").build()));
    assertThat(take().jobs()).hasSize(1);
    assertThat(waited(take())).isGreaterThanOrEqualTo(WAIT);
  }

  @Test
  void aPausedQueueDoesNotWakeItsWorkersForEveryJob() throws Exception {
    bench().store.pause(bench().queue);
    Taken none = take();
    bench().store.enqueue(bench().queue, List.of(TestJob.job("a").build()));
    assertThat(waited(none)).isGreaterThanOrEqualTo(WAIT);
  }

  private Taken take() {
    redis.store.beat(bench().queue, "w", Duration.ofHours(1), 5);
    return redis.store.take(bench().queue, "w", 10, List.of(Priority.values()));
  }

  private Duration waited(Taken taken) throws InterruptedException {
    long begun = System.nanoTime();
    redis.store.await(bench().queue, taken.cursor(), WAIT);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @AfterEach
  void close() {
    redis.close();
  }
}
