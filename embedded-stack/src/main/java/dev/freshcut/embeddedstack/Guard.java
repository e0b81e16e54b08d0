package dev.freshcut.embeddedstack;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tiny shell process that outlives this JVM for a moment. It waits on a pipe; when the JVM is
 * gone, however it died, the pipe closes, and the guard kills the servers whose process ids stand
 * in {@code *.pid} files of the work directory, and deletes that directory.
 */
final class Guard implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Guard.class);

  // SIGQUIT first: PostgreSQL then ends its own children and frees its shared memory.
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP QUIT
      if read -r word; then exit 0; fi
      cd / || exit 1
      for signal in QUIT KILL; do
        for file in "$1"/*.pid; do
          [ -f "$file" ] && kill -"$signal" "$(cat "$file")" 2>/dev/null
        done
        sleep 1
      done
      rm -rf "$1"
      """;

  private final Path directory;
  private final Process process;

  private Guard(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  static Guard watch(Path directory) {
    List<String> words = new ArrayList<>(Session.own());
    words.addAll(List.of("/bin/sh", "-c", SCRIPT, "freshcut-guard", directory.toString()));
    try {
      Process process =
          Programs.start(
              new ProcessBuilder(words)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .redirectError(ProcessBuilder.Redirect.DISCARD));
      return new Guard(directory, process);
    } catch (IOException e) {
      throw new ServerStartException(
          "The guard of the servers",
          "cannot run /bin/sh (" + e.getMessage() + ")",
          "Make sure that it exists",
          e);
    }
  }

  /** Puts a process under guard until {@link #release}. */
  void protect(String name, long pid) {
    try {
      Files.writeString(pidFile(name), Long.toString(pid));
    } catch (IOException e) {
      throw WorkDirectory.unwritable("The guard of the servers", directory, e);
    }
  }

  /** Forgets a process that has ended, before its id is used again. */
  void release(String name) {
    try {
      Files.deleteIfExists(pidFile(name));
    } catch (IOException e) {
      log.warn("Cannot delete {}; it goes with its directory", pidFile(name), e);
    }
  }

  private Path pidFile(String name) {
    return directory.resolve(name + ".pid");
  }

  @Override
  public void close() {
    try (Writer writer = process.outputWriter(StandardCharsets.US_ASCII)) {
      writer.write("done\n");
    } catch (IOException e) {
      log.debug("The guard has ended already", e);
    }
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
