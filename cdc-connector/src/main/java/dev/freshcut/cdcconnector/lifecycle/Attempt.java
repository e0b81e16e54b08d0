package dev.freshcut.cdcconnector.lifecycle;

import dev.freshcut.cdcconnector.kafka.KafkaClients;
import dev.freshcut.cdcconnector.kafka.Topics;
import dev.freshcut.cdcconnector.postgres.Problem;
import dev.freshcut.cdcconnector.postgres.Requirements;
import dev.freshcut.cdcconnector.postgres.Session;
import dev.freshcut.cdcconnector.postgres.SlotStatus;
import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import dev.freshcut.cdcconnector.stream.ChangeStream;
import dev.freshcut.cdcconnector.stream.Progress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to stream: from the connection to the end of the stream. */
final class Attempt {
  private static final Logger log = LoggerFactory.getLogger(Attempt.class);

  private final ConnectorSettings settings;
  private final KafkaClients clients;
  private final Topics topics;
  private final ResumePoint resumePoint;
  private final Progress progress;
  private final ConnectorStatus status;
  private final Duration interval;

  Attempt(
      ConnectorSettings settings,
      KafkaClients clients,
      Topics topics,
      ResumePoint resumePoint,
      Progress progress,
      ConnectorStatus status) {
    this.settings = settings;
    this.clients = clients;
    this.topics = topics;
    this.resumePoint = resumePoint;
    this.progress = progress;
    this.status = status;
    this.interval = settings.stream().monitorInterval();
  }

  /**
   * Runs until asked to stop.
   *
   * @return what people have to mend before changes can flow; empty if it was asked to stop
   * @throws SQLException and the others, if a fault ended it
   */
  List<Problem> run(StopSignal stop)
      throws SQLException, ExecutionException, InterruptedException, TimeoutException {
    try (Session session = stop.closeOnStop(new Session(settings.database()))) {
      if (!awaitLock(session, stop)) {
        return List.of();
      }
      List<Problem> problems = attempt(session, new Requirements(session, settings), stop);
      if (!problems.isEmpty()) {
        // What changed since may be missing from the slot, also when all is mended.
        resumePoint.distrust();
      }
      return problems;
    }
  }

  private List<Problem> attempt(Session session, Requirements requirements, StopSignal stop)
      throws SQLException, ExecutionException, InterruptedException, TimeoutException {
    List<Problem> problems = requirements.check();
    if (!problems.isEmpty()) {
      return problems;
    }
    if (!awaitFreeSlot(session, stop)) {
      return List.of();
    }
    problems = topics.prepare();
    return problems.isEmpty()
        ? stream(session, requirements, resumePoint.prepare(session), stop)
        : problems;
  }

  private boolean awaitLock(Session session, StopSignal stop)
      throws SQLException, InterruptedException {
    while (!session.tryLock()) {
      standBy("another instance is active on slot " + settings.database().slot());
      if (stop.await(interval)) {
        return false;
      }
    }
    return endStandby(stop);
  }

  /** A consumer without the lock, or what a crashed instance left behind until Postgres notices. */
  private boolean awaitFreeSlot(Session session, StopSignal stop)
      throws SQLException, InterruptedException {
    for (int pid = activePid(session); pid != 0; pid = activePid(session)) {
      standBy("slot " + settings.database().slot() + " is in use by server process " + pid);
      if (stop.await(interval)) {
        return false;
      }
    }
    return endStandby(stop);
  }

  private int activePid(Session session) throws SQLException {
    Optional<SlotStatus> slot = session.slot();
    status.sawSlot(slot.orElse(null));
    return slot.map(SlotStatus::activePid).orElse(0);
  }

  private void standBy(String why) {
    if (status.state() != ConnectorState.STANDBY) {
      log.info("Standing by: {}; takes over when it is gone", why);
      status.become(ConnectorState.STANDBY, why);
    }
  }

  private boolean endStandby(StopSignal stop) {
    if (status.state() == ConnectorState.STANDBY) {
      log.info("Taking over");
      status.become(ConnectorState.STARTING, "taking over");
    }
    return !stop.isGiven();
  }

  private List<Problem> stream(
      Session session, Requirements requirements, long start, StopSignal stop)
      throws SQLException, ExecutionException, InterruptedException {
    String slotName = settings.database().slot();
    progress.restart();
    ChangeStream.StartCheck startCheck =
        () -> ResumePoint.requireUnmoved(requiredSlot(session), start);
    try (ChangeStream stream =
        new ChangeStream(settings, clients, progress, session.endedXids(), startCheck)) {
      log.info("Streaming {} tables from slot {}", settings.tables().size(), slotName);
      status.become(ConnectorState.STREAMING, "streaming");
      long checked = System.nanoTime();
      while (!stop.isGiven()) {
        if (stream.awaitEnd(interval)) {
          throw new IllegalStateException("the engine ended by itself");
        }
        if (stop.isGiven()) {
          break;
        }
        status.sawSlot(requiredSlot(session));
        if (System.nanoTime() - checked >= settings.stream().checkInterval().toNanos()) {
          List<Problem> problems = requirements.check();
          if (!problems.isEmpty()) {
            return problems;
          }
          checked = System.nanoTime();
        }
      }
    }
    return List.of();
  }

  private static SlotStatus requiredSlot(Session session) throws SQLException {
    return session.slot().orElseThrow(() -> new SQLException("the replication slot is gone"));
  }
}
