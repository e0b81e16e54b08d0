package dev.freshcut.jobstreams.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.RedisServer;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.worker.Handlers;
import dev.freshcut.jobstreams.worker.JobWorker;
import dev.freshcut.jobstreams.worker.WorkerSettings;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;

/** A client that sends a call again by itself after a cut, and gives the second answer. */
class HiddenRepetitionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JobType<Unit> COUNT = JobType.of("q", "count", Unit.class);

  private final Servers servers = Servers.create();
  private final RedisServer server = servers.redis();
  private final Cut cut = new Cut(server.url());
  private final RedissonClient redisson = Redisson.create(RedisBench.config(List.of(cut.url())));
  private final RedisJobStore store = new RedisJobStore(redisson, RedisBench.settings());
  private final List<Object> settled = new CopyOnWriteArrayList<>();
  private final List<JobListener.End> ends = new CopyOnWriteArrayList<>();

  HiddenRepetitionIT() throws IOException {}

  record Unit(int number) {}

  @AfterEach
  void stop() {
    redisson.shutdown();
    cut.close();
    servers.close();
  }

  /** The store, whose answers to settlements are noted. */
  private JobStore noted() {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(store, arguments);
              if (method.getName().equals("settle")) {
                settled.add(answer);
              }
              return answer;
            });
  }

  @Test
  void whatTheFirstCallEndedIsNotSaidToBeLost() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Handlers handlers =
        Handlers.builder()
            .add(
                COUNT,
                (unit, context) -> {
                  begun.countDown();
                  gate.await();
                  return Outcome.done();
                })
            .build();
    JobListener listener =
        new JobListener() {
          @Override
          public void ended(String queue, String type, End end, Duration took) {
            ends.add(end);
          }
        };
    String id =
        new StoredJobs(store, Payloads.defaults(), JobListener.NONE)
            .enqueue(JobRequest.of(COUNT, new Unit(1)))
            .id();
    WorkerSettings settings = WorkerSettings.defaults().withLease(Duration.ofMinutes(10));
    try (JobWorker worker =
        new JobWorker("q", noted(), handlers, settings, listener, Clock.systemUTC())) {
      worker.start();
      begun.await();
      // Redis is to know the script, so that the call is one.
      Settlement none = new Settlement("none", "1-1", new Settlement.Verdict.Dead("unknown"));
      assertThat(store.settle("q", "w", List.of(none))).containsExactly(false);
      cut.next("\r\ndone\r\n");
      gate.countDown();
      await().atMost(PATIENCE).until(() -> !ends.isEmpty());
    }
    assertThat(cut.happened()).isTrue();
    assertThat(settled).as("the second answer").containsExactly(List.of(false));
    assertThat(store.find("q", id).map(JobRecord::state)).contains(JobState.DONE);
    assertThat(ends).containsExactly(JobListener.End.DONE);
  }
}
