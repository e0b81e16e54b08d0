package dev.freshcut.benchmarks.jobs;

import dev.freshcut.benchmarks.cache.CacheUnderTest;
import dev.freshcut.benchmarks.report.Benchmark.Progress;
import dev.freshcut.embeddedstack.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.redisson.api.RedissonClient;

/**
 * Celery, where this machine has it: Python processes around the script {@code
 * celery_reference.py}, in a directory of their own.
 */
final class Celery implements AutoCloseable {
  private static final String SCRIPT = "celery_reference.py";
  private static final long PATIENCE_SECONDS = 300;

  /** Of the same server as the measured jobs'. */
  private static final int DATABASE = 1;

  /** The first is that of whoever runs this; Debian's packages belong to the second. */
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  private final String python;
  private final String version;
  private final RedisServer redis;
  private final Path directory;
  private final RedissonClient client;

  private Celery(String python, RedisServer redis, Path directory, RedissonClient client)
      throws IOException {
    this.python = python;
    this.redis = redis;
    this.directory = directory;
    this.client = client;
    this.version = script("version").strip();
  }

  /** Which processes work, and when a task is acknowledged. */
  record Crew(String label, int workers, List<String> pool, boolean acknowledgeLate) {
    /** What {@code celery worker} starts on a machine of two cores. */
    static final Crew DEFAULT =
        new Crew("Celery, prefork", 1, List.of("--pool", "prefork", "-c", "2"), false);

    /** As {@link #DEFAULT}, but a worker that is lost does not take its tasks along. */
    static final Crew LATE =
        new Crew("Celery, prefork, late", 1, List.of("--pool", "prefork", "-c", "2"), true);

    /** The most that two cores gave: two workers that each run one task at a time themselves. */
    static final Crew FASTEST = new Crew("Celery, 2 × solo", 2, List.of("--pool", "solo"), false);
  }

  /**
   * Looks for Celery.
   *
   * @return none, after a line that says so, where Python, Celery or redis-py is missing
   */
  static Optional<Celery> find(RedisServer redis, Progress progress) throws IOException {
    Path directory = Files.createTempDirectory("celery-reference");
    try (InputStream script =
        Objects.requireNonNull(Celery.class.getResourceAsStream("celery_reference.py"))) {
      Files.copy(script, directory.resolve(SCRIPT));
    }
    RedissonClient client = CacheUnderTest.connect(redis, DATABASE);
    for (String python : PYTHONS) {
      try {
        Celery celery = new Celery(python, redis, directory, client);
        client.getKeys().flushdb();
        return Optional.of(celery);
      } catch (IOException | IllegalStateException e) {
        // Another Python may have it.
      }
    }
    client.shutdown();
    delete(directory);
    progress.say(
        "Celery is not installed: skipping the reference. Debian has it as python3-celery and"
            + " python3-redis.");
    return Optional.empty();
  }

  /** Of Celery and of its Redis client. */
  String version() {
    return version;
  }

  /** Enqueues no-op tasks, one after the other; returns how many a second. */
  double enqueue(int count) throws IOException {
    return count / Double.parseDouble(script("enqueue", Integer.toString(count)).strip());
  }

  /** How many tasks have not been acknowledged. */
  long left() {
    return (long) client.getDeque("celery").size() + client.getMap("unacked").size();
  }

  /** Enqueues tasks at a steady rate that write how late they began. */
  void steady(int count, double perSecond) throws IOException {
    script("steady", Integer.toString(count), Double.toString(perSecond));
  }

  /** Enqueues a task that writes into this file when it begins, and then waits. */
  void begin(String mark) throws IOException {
    script("begin", mark);
  }

  /** Removes all tasks. */
  void clear() {
    client.getKeys().flushdb();
  }

  /** What tasks have written into files whose names begin so, a number a line. */
  List<Long> written(String prefix) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith(prefix)).toList()) {
        Files.readAllLines(file).stream().map(Long::parseLong).forEach(numbers::add);
      }
    }
    return numbers;
  }

  /** Removes what tasks have written. */
  void forget(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith(prefix)).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Starts workers. */
  Workers start(Crew crew) throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < crew.workers(); i++) {
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("-m", "celery", "-A", "celery_reference", "worker", "-l", "ERROR"));
      // What a lone worker has no use for.
      arguments.addAll(List.of("--without-gossip", "--without-mingle", "--without-heartbeat"));
      arguments.addAll(List.of("-n", "reference" + i + "@localhost"));
      arguments.addAll(crew.pool());
      ProcessBuilder builder = builder(arguments);
      builder.environment().put("FRESHCUT_ACKS_LATE", crew.acknowledgeLate() ? "1" : "0");
      Path log = directory.resolve("worker.log");
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      processes.add(builder.start());
    }
    return new Workers(processes);
  }

  /** Worker processes with their children. */
  record Workers(List<Process> processes) {
    /** As a crash would: SIGKILL to each and its children. */
    void kill() {
      for (Process process : processes) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
      }
    }

    /** As an operator would, and as a crash would if they do not obey. */
    void stop() throws InterruptedException {
      for (Process process : processes) {
        process.destroy();
      }
      for (Process process : processes) {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          kill();
        }
      }
    }
  }

  private String script(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(SCRIPT));
    all.addAll(List.of(arguments));
    Process process = builder(all).redirectError(directory.resolve("script.log").toFile()).start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(
            String.join(" ", all) + ": " + Files.readString(directory.resolve("script.log")));
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private ProcessBuilder builder(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(python));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("FRESHCUT_BROKER", redis.url() + "/" + DATABASE);
    builder.environment().put("FRESHCUT_OUT", directory.toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    // Celery refuses to run as root without it, though nothing here is unpickled.
    builder.environment().put("C_FORCE_ROOT", "1");
    return builder;
  }

  @Override
  public void close() {
    clear();
    client.shutdown();
    delete(directory);
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .map(Path::toFile)
          .forEach(
              file -> {
                var unused = file.delete();
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
