package dev.freshcut.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Quickstart in a JVM of its own, as the command starts it, with a directory of its own. */
final class ChildQuickstart implements AutoCloseable {
  private final Path directory;
  private final Path temporary;
  private final Path out;
  private final Path err;
  private final Process process;

  private ChildQuickstart(Path directory, List<String> settings) throws IOException {
    this.directory = directory;
    this.temporary = Files.createDirectory(directory.resolve("tmp"));
    this.out = directory.resolve("out");
    this.err = directory.resolve("err");
    // PostgreSQL may run as another user, who must be able to reach its directory.
    for (Path path : List.of(directory, temporary)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    List<String> command = new ArrayList<>(interruptible());
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("java.class.path"),
            "--enable-native-access=ALL-UNNAMED",
            "-Dsun.misc.unsafe.memory.access=allow",
            "-XX:TieredStopAtLevel=1",
            "-Xmx1g",
            "-Dfreshcut.directory=" + directory,
            "-Djava.io.tmpdir=" + temporary));
    command.addAll(settings);
    command.add(Quickstart.class.getName());
    this.process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
  }

  static ChildQuickstart start(Path directory, String... settings) throws IOException {
    return new ChildQuickstart(directory, List.of(settings));
  }

  /** A test run in the background of a script ignores SIGINT, and children inherit that. */
  private static List<String> interruptible() throws IOException {
    List<String> prefix = List.of("env", "--default-signal=INT");
    List<String> probe = Stream.concat(prefix.stream(), Stream.of("true")).toList();
    try {
      boolean known =
          new ProcessBuilder(probe)
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
      return known ? prefix : List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** The processes below it. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Sends a signal by its name. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
  }

  /** The exit status; it fails if the JVM is still there after {@code patience}. */
  int awaitExit(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + patience + "; it printed:\n" + output());
    }
    return process.exitValue();
  }

  Path addresses() {
    return directory.resolve("freshcut.json");
  }

  /** Where its temporary files go. */
  Path temporary() {
    return temporary;
  }

  /** Standard output so far. */
  String output() {
    return read(out);
  }

  /** Standard error so far. */
  String errors() {
    return read(err);
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> below = descendants();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
