package dev.freshcut.embeddedstack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A child process whose output goes to a file, so that a failed start can be explained. */
final class ChildProcess {
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(20);

  private final String thing;
  private final Process process;
  private final Path directory;
  private final Path log;

  private ChildProcess(String thing, Process process, Path directory, Path log) {
    this.thing = thing;
    this.process = process;
    this.directory = directory;
    this.log = log;
  }

  /** Starts a command that belongs to a server. */
  static ChildProcess start(String thing, List<String> command, Path directory, Path log) {
    List<String> words = new ArrayList<>(Session.own());
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // Messages in English, because a taken port is recognised by its message.
    builder.environment().put("LC_ALL", "C");
    try {
      return new ChildProcess(thing, Programs.start(builder), directory, log);
    } catch (IOException e) {
      throw new ServerStartException(
          thing,
          "cannot run " + words.getFirst() + " (" + e.getMessage() + ")",
          "Make sure that it exists and that "
              + directory
              + " is neither full nor mounted noexec, or choose another place with"
              + " -Djava.io.tmpdir",
          e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits until the probe holds.
   *
   * @return whether it holds; false if the process has ended before
   * @throws ServerStartException if neither happens within the limit
   */
  boolean awaitReady(BooleanSupplier ready, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!ready.getAsBoolean()) {
      if (process.waitFor(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
      if (System.nanoTime() - deadline > 0) {
        throw tooSlow(limit);
      }
    }
    return true;
  }

  /** Waits for the process to end by itself and tells its exit code. */
  int awaitEnd(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      throw tooSlow(limit);
    }
    return process.exitValue();
  }

  /** Kills the process with SIGKILL and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Waits for the process to end and kills it when it does not within the limit. */
  void awaitEndOrKill(Duration limit) {
    try {
      process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  boolean portWasTaken() {
    return output().contains("Address already in use");
  }

  /** The exception for a process that has ended too early, with the reason that it printed. */
  ServerStartException endedEarly() {
    Complaint complaint = Complaint.of(output(), directory);
    return new ServerStartException(thing, complaint.reason(), complaint.mend());
  }

  private ServerStartException tooSlow(Duration limit) {
    Complaint complaint = Complaint.of(output(), directory);
    return new ServerStartException(
        thing,
        "not ready after %d s: %s".formatted(limit.toSeconds(), complaint.reason()),
        "Is the machine overloaded? Try again");
  }

  private String output() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "error: its output cannot be read (" + e.getMessage() + ")";
    }
  }
}
