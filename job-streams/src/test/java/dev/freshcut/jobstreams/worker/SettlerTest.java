package dev.freshcut.jobstreams.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobListener.End;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What listeners hear of an end that the store refuses. */
class SettlerTest {
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final AtomicLong nanos = new AtomicLong();
  private final Session session = new Session("worker-1", LEASE.toNanos());

  /** Tells one end to a store that answers some calls too late, and then refuses it. */
  private End told(int unanswered, Duration later) throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    JobStore store =
        (JobStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) -> {
                  if (calls.getAndIncrement() < unanswered) {
                    throw new StoreUnavailableException("late", new IOException("as it is to"));
                  }
                  nanos.addAndGet(later.toNanos());
                  return List.of(false);
                });
    List<End> ends = new CopyOnWriteArrayList<>();
    JobListener listener =
        new JobListener() {
          @Override
          public void ended(String queue, String type, End end, Duration took) {
            ends.add(end);
          }
        };
    assertThat(session.renewed(0, 0)).isTrue();
    Settler settler = new Settler("parcels", store, 1, listener, nanos::get);
    Settlement done = new Settlement("one", "1-1", new Verdict.Done(null, null));
    settler.add(new Settler.Ended(session, "send", done, Duration.ZERO));
    Thread telling = Thread.ofVirtual().start(() -> run(settler));
    assertThat(settler.awaitNone(WorkerFixture.PATIENCE)).isTrue();
    settler.stop();
    telling.join();
    assertThat(ends).hasSize(1);
    return ends.getFirst();
  }

  private static void run(Settler settler) {
    try {
      settler.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void withinTheLeaseTheClientHasToldItBefore() throws InterruptedException {
    assertThat(told(0, LEASE)).isEqualTo(End.DONE);
  }

  @Test
  void afterTheLeaseAnotherAttemptHasTheJob() throws InterruptedException {
    assertThat(told(0, LEASE.plusNanos(1))).isEqualTo(End.LOST);
  }

  @Test
  void ofALeaseThatIsKnownToBeLostItIsLost() throws InterruptedException {
    assertThat(session.lose()).isTrue();
    assertThat(told(0, Duration.ZERO)).isEqualTo(End.LOST);
  }

  @Test
  void aSecondTimeWithinTheLeaseTheFirstWasAccepted() throws InterruptedException {
    assertThat(told(2, LEASE)).isEqualTo(End.DONE);
  }

  @Test
  void aSecondTimeAfterTheLeaseNobodyKnows() throws InterruptedException {
    assertThat(told(1, LEASE.plusNanos(1))).isEqualTo(End.LOST);
  }
}
