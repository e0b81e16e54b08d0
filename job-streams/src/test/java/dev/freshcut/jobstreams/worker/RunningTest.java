package dev.freshcut.jobstreams.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.store.TakenJob;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunningTest {
  private final Running running = new Running();
  private final Session session = new Session("worker-1", Duration.ofSeconds(15).toNanos());

  private Attempt attempt(String id) {
    TakenJob job = new TakenJob(id, "1-0", "send", 1, "{}", 1, Instant.EPOCH, Instant.EPOCH, null);
    Attempt attempt = new Attempt(job, session, 0);
    running.add(attempt);
    return attempt;
  }

  @Test
  void jobsOfTwoStreamsMayHaveTheSameLease() throws InterruptedException {
    Attempt urgent = attempt("urgent");
    Attempt normal = attempt("normal");
    assertThat(running.count()).isEqualTo(2);

    running.remove(normal);

    assertThat(running.awaitNone(Duration.ZERO)).isFalse();
    running.stop(attempt -> true, Stop.WORKER_STOPS);
    assertThat(urgent.cancelled()).isTrue();
    running.remove(urgent);
    assertThat(running.awaitNone(Duration.ZERO)).isTrue();
  }
}
