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
  private static final int MAX_LOG_CHARACTERS = 600;

  private final String thing;
  private final Process process;
  private final Path log;

  private ChildProcess(String thing, Process process, Path log) {
    this.thing = thing;
    this.process = process;
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
      return new ChildProcess(thing, Programs.start(builder), log);
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
        throw new ServerStartException(
            thing,
            "not ready after %d s: %s".formatted(limit.toSeconds(), lastOutput()),
            "Is the machine overloaded? Try again");
      }
    }
    return true;
  }

  /** Waits for the process to end by itself and tells its exit code. */
  int awaitEnd(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new ServerStartException(
          thing,
          "not done after %d s: %s".formatted(limit.toSeconds(), lastOutput()),
          "Is the machine overloaded? Try again");
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
    return lastOutput().contains("Address already in use");
  }

  /** The end of its output. */
  String lastOutput() {
    try {
      String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
      return text.isEmpty()
          ? "it said nothing"
          : text.substring(Math.max(0, text.length() - MAX_LOG_CHARACTERS));
    } catch (IOException e) {
      return "its output cannot be read (" + e.getMessage() + ")";
    }
  }
}
