package dev.freshcut.cdcconnector.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.cdcconnector.postgres.Problem;
import dev.freshcut.cdcconnector.settings.RetrySettings;
import dev.freshcut.cdcconnector.stream.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ConnectorLoopTest {
  private static final List<Problem> PROBLEM = List.of(new Problem("it", "is broken", "mend it"));

  private final ConnectorStatus status = new ConnectorStatus();
  private final AtomicInteger attempts = new AtomicInteger();
  private ConnectorLoop loop = loop(stop -> List.of());

  /** One attempt by its number, from 1; after the last the loop only waits to be stopped. */
  private interface Script {
    List<Problem> run(int attempt) throws Exception;
  }

  @AfterEach
  void stop() {
    loop.stop();
  }

  @Test
  void anErrorIsAFaultLikeAnyOther() {
    start(
        2,
        attempt -> {
          throw new NoClassDefFoundError("x");
        });

    assertThat(status.failures()).isEqualTo(2);
    assertThat(status.state()).isEqualTo(ConnectorState.STARTING);
  }

  @Test
  void aProblemIsLoggedAgainAfterAnythingElse(CapturedOutput output) {
    start(
        6,
        attempt -> {
          if (attempt == 3) {
            throw new IllegalStateException("fault");
          }
          if (attempt == 6) {
            status.become(ConnectorState.STREAMING, "streaming");
          }
          return PROBLEM;
        });

    // The 1st, the 4th after the fault, and the 6th after a stream.
    assertThat(output.getAll().split("Cannot capture changes: it is broken", -1)).hasSize(1 + 3);
  }

  @Test
  @Timeout(120)
  void anAttemptThatWaitsForAServerIsInterrupted() {
    loop =
        loop(
            stop -> {
              attempts.incrementAndGet();
              new CountDownLatch(1).await();
              return List.of();
            });
    loop.start();
    await().atMost(Duration.ofSeconds(60)).until(() -> attempts.get() == 1);

    loop.stop();

    assertThat(status.state()).isEqualTo(ConnectorState.STOPPED);
    assertThat(loop.isRunning()).isFalse();
  }

  /** Runs so many attempts and returns when all are over. */
  private void start(int count, Script script) {
    loop =
        loop(
            stop -> {
              int attempt = attempts.incrementAndGet();
              if (attempt <= count) {
                return script.run(attempt);
              }
              boolean unused = stop.await(Duration.ofMinutes(5));
              return List.of();
            });
    loop.start();
    await().atMost(Duration.ofSeconds(60)).until(() -> attempts.get() > count);
  }

  private ConnectorLoop loop(ConnectorLoop.Attempts script) {
    return new ConnectorLoop(
        script,
        new RetrySettings(Duration.ofMillis(10), Duration.ofMillis(10)),
        new Progress(Clock.systemUTC()),
        status);
  }
}
