package dev.freshcut.embeddedstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL as a child process. */
final class EmbeddedPostgres implements PostgresServer {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String THING = "PostgreSQL";
  private static final String GUARDED = "postgres";
  private static final String USER = "postgres";
  private static final String PASSWORD = "postgres";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Path programs;
  private final Path home;
  private final Path data;
  private final ServerUser user;
  private final Guard guard;
  private final Map<String, String> settings;
  private final int port;
  private @Nullable ChildProcess process;

  private EmbeddedPostgres(
      Path programs,
      Path home,
      ServerUser user,
      Guard guard,
      Map<String, String> settings,
      int port) {
    this.programs = programs;
    this.home = home;
    this.data = home.resolve("data");
    this.user = user;
    this.guard = guard;
    this.settings = settings;
    this.port = port;
  }

  static EmbeddedPostgres start(
      WorkDirectory work, Guard guard, ServersOptions options, FreePorts.Chooser ports)
      throws InterruptedException {
    Path programs = PostgresBinaries.unpacked(Platform.current(), work.path());
    ServerUser user = ServerUser.find(work.path());
    Path home = work.createDirectory("postgres");
    try {
      initialise(programs, home, user);
      for (int attempt = 0; attempt < FreePorts.ATTEMPTS; attempt++) {
        int port = ports.choose(options.ports().postgres(), attempt);
        EmbeddedPostgres server =
            new EmbeddedPostgres(
                programs, home, user, guard, ServerSettings.postgres(options), port);
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

  private static void initialise(Path programs, Path home, ServerUser user)
      throws InterruptedException {
    Path password = home.resolve("password");
    try {
      Files.writeString(password, PASSWORD);
      user.own(password);
      user.own(home);
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw WorkDirectory.unwritable(THING, home, e);
    }
    ChildProcess initdb =
        ChildProcess.start(
            THING,
            user.command(
                List.of(
                    programs.resolve("bin/initdb").toString(),
                    "--pgdata=" + home.resolve("data"),
                    "--username=" + USER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync",
                    "--no-instructions")),
            home,
            home.resolve("initdb.log"));
    if (initdb.awaitEnd(START_LIMIT) != 0) {
      throw initdb.endedEarly();
    }
  }

  /** Starts the server; false if its port was taken. */
  private synchronized boolean launch() throws InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                programs.resolve("bin/postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=" + FreePorts.HOST,
                "-c",
                "unix_socket_directories="));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    ChildProcess started =
        ChildProcess.start(THING, user.command(command), home, home.resolve("server.log"));
    process = started;
    try {
      if (started.awaitReady(() -> postmaster().ready(), START_LIMIT)) {
        guard.protect(GUARDED, postmaster().pid());
        return true;
      }
    } catch (Throwable e) {
      stop();
      throw e;
    }
    process = null;
    if (started.portWasTaken()) {
      return false;
    }
    throw started.endedEarly();
  }

  /** What the server writes into postmaster.pid: its process id in line 1, its state in line 8. */
  private record Postmaster(long pid, boolean ready) {}

  private Postmaster postmaster() {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      return new Postmaster(
          Long.parseLong(lines.getFirst().strip()),
          lines.size() >= 8 && lines.get(7).strip().equals("ready"));
    } catch (IOException | RuntimeException e) {
      log.trace("No complete postmaster.pid yet", e);
      return new Postmaster(0, false);
    }
  }

  long pid() {
    return postmaster().pid();
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
  public String user() {
    return USER;
  }

  @Override
  public String password() {
    return PASSWORD;
  }

  @Override
  public synchronized void stop() {
    ChildProcess running = process;
    if (running == null) {
      return;
    }
    process = null;
    long pid = postmaster().pid();
    if (pid != 0 && running.isAlive()) {
      // An immediate shutdown. A fast one would wait until every replication client has read all
      // of the log; SIGKILL would leave shared memory behind.
      signalQuit(pid);
    }
    running.awaitEndOrKill(STOP_LIMIT);
    guard.release(GUARDED);
  }

  private static void signalQuit(long pid) {
    try {
      // Through the shell, because slim images lack the program kill.
      Process kill = Programs.start(new ProcessBuilder("/bin/sh", "-c", "kill -QUIT " + pid));
      kill.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      log.warn("Cannot signal PostgreSQL; it will be killed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
