package dev.freshcut.cdcconnector.lifecycle;

import dev.freshcut.cdcconnector.postgres.Problem;
import dev.freshcut.cdcconnector.settings.RetrySettings;
import dev.freshcut.cdcconnector.stream.Progress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Makes one attempt after another until it is stopped. It survives every fault; pauses grow until
 * changes have flowed again.
 */
public final class ConnectorLoop implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ConnectorLoop.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private final Attempts attempts;
  private final RetrySettings retry;
  private final Progress progress;
  private final ConnectorStatus status;
  private List<Problem> knownProblems = List.of();
  private @Nullable Running running;

  private record Running(Thread thread, StopSignal stop) {}

  /** Makes one attempt, as {@link Attempt#run} does. */
  @FunctionalInterface
  interface Attempts {
    List<Problem> run(StopSignal stop) throws Exception;
  }

  ConnectorLoop(Attempts attempts, RetrySettings retry, Progress progress, ConnectorStatus status) {
    this.attempts = attempts;
    this.retry = retry;
    this.progress = progress;
    this.status = status;
  }

  @Override
  public synchronized void start() {
    if (running == null) {
      StopSignal stop = new StopSignal();
      Thread thread = Thread.ofPlatform().name("connector-loop").unstarted(() -> run(stop));
      running = new Running(thread, stop);
      thread.start();
    }
  }

  @Override
  public synchronized void stop() {
    if (running == null) {
      return;
    }
    running.stop().give();
    // The signal ends what waits for it; this, what waits for servers.
    running.thread().interrupt();
    try {
      if (!running.thread().join(STOP_TIMEOUT)) {
        log.warn("The connector did not stop within {}; it is left behind", STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return running != null;
  }

  private void run(StopSignal stop) {
    try {
      int failures = 0;
      do {
        long before = progress.records();
        status.become(ConnectorState.STARTING, "starting");
        List<Problem> problems = List.of();
        Throwable fault = null;
        try {
          problems = attempts.run(stop);
        } catch (Throwable e) {
          fault = e;
        }
        if (stop.isGiven()) {
          break;
        }
        failures = progress.records() > before ? 1 : failures + 1;
        if (fault == null) {
          blocked(problems);
        } else {
          failed(fault, failures);
        }
      } while (pause(stop, retry.pauseAfter(failures)));
    } finally {
      status.become(ConnectorState.STOPPED, "stopped");
    }
  }

  private void blocked(List<Problem> problems) {
    boolean wasStreaming = status.state() == ConnectorState.STREAMING;
    status.become(ConnectorState.BLOCKED, String.join("; ", texts(problems)));
    if (wasStreaming || !problems.equals(knownProblems)) {
      texts(problems).forEach(text -> log.error("Cannot capture changes: {}", text));
      knownProblems = problems;
    }
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream().map(Problem::toString).toList();
  }

  private void failed(Throwable e, int failures) {
    knownProblems = List.of();
    String reason = Reasons.of(e);
    status.become(ConnectorState.RETRYING, reason);
    log.warn(
        "Streaming stopped: {}. Consumers fall behind until it goes on; will retry in {} ms",
        reason,
        retry.pauseAfter(failures).toMillis());
    log.debug("Streaming stopped", e);
  }

  private static boolean pause(StopSignal stop, Duration pause) {
    try {
      return !stop.await(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
