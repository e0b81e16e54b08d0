package dev.freshcut.jobstreams.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.store.Beat;
import dev.freshcut.jobstreams.store.JobStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BeaterTest {
  private static final int PORTIONS = 20;

  @Test
  void theRestOfWhatWasLostIsTakenBackAtOnce() throws Exception {
    AtomicInteger beats = new AtomicInteger();
    JobStore store =
        (JobStore)
            Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) ->
                    new Beat(true, Set.of(), 100, 0, beats.incrementAndGet() < PORTIONS));
    WorkerSettings settings = new WorkerSettings("w", 1, Duration.ofMinutes(10), Duration.ZERO, 5);
    Beater beater =
        new Beater("q", store, settings, new Running(), JobListener.NONE, System::nanoTime);
    Thread thread = start(beater);

    await().atMost(Duration.ofSeconds(60)).until(() -> beats.get() == PORTIONS);

    beater.stop();
    thread.join();
  }

  @Test
  void aFirstHeartbeatThatIsRefusedIsNoLease() throws Exception {
    List<String> workers = new CopyOnWriteArrayList<>();
    JobStore store =
        (JobStore)
            Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) -> {
                  workers.add((String) arguments[1]);
                  return new Beat(workers.size() > 1, Set.of(), 0, 0, false);
                });
    WorkerSettings settings = new WorkerSettings("w", 1, Duration.ofMinutes(10), Duration.ZERO, 5);
    Beater beater =
        new Beater("q", store, settings, new Running(), JobListener.NONE, System::nanoTime);
    Thread thread = start(beater);

    Session live = beater.awaitLive();

    beater.stop();
    thread.join();
    assertThat(workers).hasSize(2).doesNotHaveDuplicates();
    assertThat(Objects.requireNonNull(live).worker).isEqualTo(workers.getLast());
  }

  private static Thread start(Beater beater) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                beater.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
