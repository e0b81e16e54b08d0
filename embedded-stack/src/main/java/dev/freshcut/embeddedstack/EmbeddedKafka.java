package dev.freshcut.embeddedstack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka broker and its KRaft controller in this JVM. */
final class EmbeddedKafka implements KafkaServer {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final String THING = "Kafka";

  static {
    // Kafka answers a broken log directory by ending the JVM, which is not its own here.
    Exit.setHaltProcedure(EmbeddedKafka::refuseToEndJvm);
    Exit.setExitProcedure(EmbeddedKafka::refuseToEndJvm);
  }

  private final Path home;
  private final int port;
  private final int controllerPort;
  private final Map<String, String> settings;
  private @Nullable KafkaRaftServer server;

  /** Why the last launch failed, where a port was taken: that need not have been the reason. */
  private @Nullable Throwable fault;

  private EmbeddedKafka(Path home, int port, int controllerPort, Map<String, String> settings) {
    this.home = home;
    this.port = port;
    this.controllerPort = controllerPort;
    this.settings = new HashMap<>(settings);
    this.settings.putAll(identity(home, port, controllerPort));
  }

  private static void refuseToEndJvm(int status, @Nullable String message) {
    log.error("Kafka gave up (status {}: {}) and serves no more; restart it", status, message);
    throw new IllegalStateException("Kafka gave up: " + message);
  }

  private static Map<String, String> identity(Path home, int port, int controllerPort) {
    return Map.of(
        "process.roles", "broker,controller",
        "node.id", "1",
        "controller.quorum.voters", "1@" + FreePorts.HOST + ":" + controllerPort,
        "listeners",
            "PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d"
                .formatted(FreePorts.HOST, port, controllerPort),
        "advertised.listeners", "PLAINTEXT://" + FreePorts.HOST + ":" + port,
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.listener.names", "CONTROLLER",
        "inter.broker.listener.name", "PLAINTEXT",
        "log.dirs", home.toString());
  }

  /**
   * Starts a broker. An interrupt waits until it is up: inside Kafka it could break a class's
   * initialisation, and no broker would start in this JVM again.
   */
  static EmbeddedKafka start(WorkDirectory work, ServersOptions options, FreePorts.Chooser ports) {
    try {
      return CompletableFuture.supplyAsync(
              () -> startHere(work, options, ports),
              task -> new Thread(task, "kafka-start").start())
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException fault ? fault : e;
    }
  }

  private static EmbeddedKafka startHere(
      WorkDirectory work, ServersOptions options, FreePorts.Chooser ports) {
    @Nullable Throwable fault = null;
    for (int attempt = 0; attempt < FreePorts.ATTEMPTS; attempt++) {
      int port = ports.choose(options.ports().kafka(), attempt);
      // A fresh directory for each attempt: a broker that failed may still hold the lock of its
      // own.
      EmbeddedKafka kafka =
          new EmbeddedKafka(
              work.createDirectory("kafka-" + attempt),
              port,
              controllerPort(port, attempt, ports),
              ServerSettings.kafka(options));
      try {
        kafka.format();
        if (kafka.launch()) {
          return kafka;
        }
        fault = kafka.fault;
      } catch (Throwable e) {
        WorkDirectory.delete(kafka.home);
        throw e;
      }
      WorkDirectory.delete(kafka.home);
    }
    throw because(fault, FreePorts.allTaken(THING));
  }

  private static int controllerPort(int port, int attempt, FreePorts.Chooser ports) {
    int chosen = port;
    for (int again = attempt; chosen == port; again++) {
      chosen = ports.choose(0, again);
    }
    return chosen;
  }

  private void format() {
    try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream())) {
      new Formatter()
          .setPrintStream(nowhere)
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .addDirectory(home.toString())
          .setMetadataLogDirectory(home.toString())
          .run();
    } catch (IOException e) {
      throw WorkDirectory.unwritable(THING, home, e);
    } catch (Exception e) {
      throw failed(e);
    }
  }

  /** Starts the broker; false if one of its ports was taken. */
  private synchronized boolean launch() {
    @Nullable KafkaRaftServer starting = null;
    try {
      starting = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
      starting.startup();
      server = starting;
      return true;
    } catch (Throwable e) {
      if (starting != null) {
        shutDown(starting);
      }
      if (portWasTaken(e)) {
        fault = e;
        return false;
      }
      throw failed(e);
    }
  }

  private static ServerStartException because(
      @Nullable Throwable fault, ServerStartException failure) {
    return fault == null || failure.getCause() != null
        ? failure
        : new ServerStartException(failure.thing(), failure.reason(), failure.mend(), fault);
  }

  private ServerStartException failed(Throwable e) {
    return new ServerStartException(
        THING,
        String.valueOf(e.getMessage()),
        "Correct the setting that it names, or make sure that " + home + " is not full",
        e);
  }

  /** Where the controller cannot listen, Kafka ends the JVM and tells nobody why. */
  private boolean portWasTaken(Throwable fault) {
    if (!FreePorts.isFree(port) || !FreePorts.isFree(controllerPort)) {
      return true;
    }
    for (@Nullable Throwable e = fault; e != null; e = e.getCause()) {
      if (e instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private static void shutDown(KafkaRaftServer server) {
    try {
      server.shutdown();
      server.awaitShutdown();
    } catch (RuntimeException e) {
      log.debug("Kafka did not stop cleanly", e);
    }
  }

  @Override
  public String bootstrapServers() {
    return FreePorts.HOST + ":" + port;
  }

  @Override
  public synchronized void stop() {
    KafkaRaftServer running = server;
    if (running != null) {
      server = null;
      shutDown(running);
    }
  }

  @Override
  public synchronized void start() {
    if (server == null) {
      fault = null;
      try {
        FreePorts.restart(THING, List.of(port, controllerPort), this::launch);
      } catch (ServerStartException e) {
        throw because(fault, e);
      }
    }
  }

  @Override
  public synchronized void close() {
    stop();
    if (Files.exists(home)) {
      WorkDirectory.delete(home);
    }
  }
}
