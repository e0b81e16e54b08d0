package dev.freshcut.embeddedstack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** redis-server as a child process. */
final class EmbeddedRedis implements RedisServer {
  private static final String THING = "Redis";
  private static final String GUARDED = "redis";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** What listens there instead may never answer. */
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

  private final Path program;
  private final Path home;
  private final Guard guard;
  private final Map<String, String> settings;
  private final int port;
  private @Nullable ChildProcess process;

  private EmbeddedRedis(
      Path program, Path home, Guard guard, Map<String, String> settings, int port) {
    this.program = program;
    this.home = home;
    this.guard = guard;
    this.settings = settings;
    this.port = port;
  }

  static EmbeddedRedis start(
      WorkDirectory work, Guard guard, ServersOptions options, FreePorts.Chooser ports)
      throws InterruptedException {
    Path home = work.createDirectory("redis");
    try {
      Path program = program(home);
      for (int attempt = 0; attempt < FreePorts.ATTEMPTS; attempt++) {
        int port = ports.choose(options.ports().redis(), attempt);
        EmbeddedRedis server =
            new EmbeddedRedis(program, home, guard, ServerSettings.redis(options), port);
        if (server.launch()) {
          return server;
        }
      }
      throw FreePorts.allTaken(THING);
    } catch (Throwable e) {
      WorkDirectory.delete(home);
      throw e;
    }
  }

  private static Path program(Path home) {
    String name = Platform.current().redisProgram();
    Path program = home.resolve("redis-server");
    try (InputStream in = EmbeddedRedis.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new ServerStartException(
            THING,
            "its program (" + name + ") is not on the class path",
            "Add the artifact embedded-redis");
      }
      Programs.unpack(() -> Files.copy(in, program));
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
      return program;
    } catch (IOException e) {
      throw WorkDirectory.unwritable(THING, home, e);
    }
  }

  /** Starts the server; false if its port was taken. */
  private synchronized boolean launch() throws InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                FreePorts.HOST,
                "--dir",
                home.toString()));
    settings.forEach((name, value) -> command.addAll(List.of("--" + name, value)));
    ChildProcess started = ChildProcess.start(THING, command, home, home.resolve("server.log"));
    process = started;
    try {
      guard.protect(GUARDED, started.pid());
      if (started.awaitReady(() -> answers(started), START_LIMIT)) {
        return true;
      }
    } catch (Throwable e) {
      stop();
      throw e;
    }
    stop();
    if (started.portWasTaken()) {
      return false;
    }
    throw started.endedEarly();
  }

  /** Whether this very process answers, and has loaded what was saved. */
  private boolean answers(ChildProcess started) {
    if (!started.isAlive()) {
      return false;
    }
    try {
      String info = RedisCommands.call(FreePorts.HOST, port, "INFO", PROBE_LIMIT);
      return info.contains("process_id:" + started.pid() + "\r\n")
          && info.contains("loading:0\r\n");
    } catch (IOException e) {
      return false;
    }
  }

  Path home() {
    return home;
  }

  long pid() {
    ChildProcess running = process;
    return running == null ? 0 : running.pid();
  }

  @Override
  public String host() {
    return FreePorts.HOST;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public synchronized void stop() {
    ChildProcess running = process;
    if (running == null) {
      return;
    }
    process = null;
    running.kill();
    guard.release(GUARDED);
  }

  @Override
  public synchronized void start() {
    if (process != null) {
      return;
    }
    FreePorts.restart(THING, List.of(port), this::launch);
  }

  @Override
  public synchronized void close() {
    stop();
    WorkDirectory.delete(home);
  }
}
