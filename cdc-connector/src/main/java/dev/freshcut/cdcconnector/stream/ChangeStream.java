package dev.freshcut.cdcconnector.stream;

import dev.freshcut.cdcconnector.kafka.KafkaClients;
import dev.freshcut.cdcconnector.kafka.RecordSender;
import dev.freshcut.cdcconnector.postgres.XidWidener;
import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of Debezium's engine; it ends by {@link #close} or by a fault, and is not restarted. */
public final class ChangeStream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChangeStream.class);

  /** For each step of closing that waits for a server: storing the position, ending the reader. */
  static final Duration STEP_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(6);
  private static final Duration CLOSE_RETRY = Duration.ofMillis(50);

  private final RecordSender sender;
  private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** Looks whether the stream starts where it should. */
  @FunctionalInterface
  public interface StartCheck {
    /**
     * Called once, on the stream's thread, when the first batch has arrived and before it is sent.
     *
     * @throws IllegalStateException to end the stream
     * @throws SQLException to end the stream
     */
    void run() throws SQLException;
  }

  /**
   * Starts streaming on a thread of its own.
   *
   * @param reference a current transaction id of the database, for {@link XidWidener}
   */
  public ChangeStream(
      ConnectorSettings settings,
      KafkaClients clients,
      Progress progress,
      long reference,
      StartCheck startCheck) {
    Set<String> topics = new HashSet<>();
    settings.tables().forEach(table -> topics.add(settings.topicOf(table)));
    String heartbeatTopic = settings.topicOf(settings.database().heartbeatTable());
    topics.add(heartbeatTopic);
    this.sender = new RecordSender(clients.producer("changes"));
    BatchHandler handler =
        new BatchHandler(
            topics,
            heartbeatTopic,
            settings.kafka().maxRecordBytes(),
            sender,
            new XidWidener(reference),
            progress,
            startCheck);
    try {
      this.engine =
          DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
              .using(EngineProperties.of(settings, clients))
              .using((success, message, error) -> end(success, message, error))
              .notifying(handler)
              .build();
    } catch (Throwable e) {
      sender.close();
      throw e;
    }
    Thread.ofPlatform().name("change-stream").daemon().start(engine);
  }

  private void end(boolean success, String message, Throwable error) {
    if (success) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(error != null ? error : new IllegalStateException(message));
    }
  }

  /**
   * Waits until the stream ends or the time is over.
   *
   * @return whether it has ended
   * @throws ExecutionException with the fault, if it has ended by one
   * @throws InterruptedException if interrupted meanwhile
   */
  public boolean awaitEnd(Duration atMost) throws ExecutionException, InterruptedException {
    try {
      ended.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Ends the stream; what was not acknowledged comes again with the next one. */
  @Override
  public void close() {
    // Closing the engine may take minutes while servers are gone.
    Thread.ofPlatform().name("change-stream-close").daemon().start(this::closeEngine);
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    while (!ended.isDone() && System.nanoTime() < deadline) {
      interrupted |= awaitClosed();
    }
    if (!ended.isDone()) {
      log.warn("The engine did not end within {}; it ends by itself later", CLOSE_TIMEOUT);
    }
    sender.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether it was interrupted. */
  private boolean awaitClosed() {
    try {
      awaitEnd(CLOSE_RETRY);
    } catch (ExecutionException e) {
      log.debug("The engine ended by a fault while it was closed", e);
    } catch (InterruptedException e) {
      return true;
    }
    return false;
  }

  private void closeEngine() {
    while (!ended.isDone()) {
      tryCloseEngine();
      boolean unused = awaitClosed();
    }
  }

  /** The engine refuses to be closed while its task starts, and when it is closing already. */
  private void tryCloseEngine() {
    try {
      engine.close();
    } catch (IllegalStateException e) {
      log.debug("The engine cannot be closed now: {}", e.getMessage());
    } catch (IOException e) {
      log.warn("Closing the engine failed: {}", e.getMessage());
    }
  }
}
