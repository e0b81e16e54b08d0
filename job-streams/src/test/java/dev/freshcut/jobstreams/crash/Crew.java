package dev.freshcut.jobstreams.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Worker processes, and what is done to them. */
final class Crew implements AutoCloseable {
  private final String redis;
  private final Path directory;
  private final long leaseMillis;
  private final List<Process> workers = new ArrayList<>();
  private int started;

  Crew(String redis, Path directory, long leaseMillis) throws IOException {
    this.redis = redis;
    this.directory = directory;
    this.leaseMillis = leaseMillis;
    Files.createDirectories(directory.resolve("effects"));
  }

  void hire() throws IOException {
    String java = ProcessHandle.current().info().command().orElse("java");
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder process =
        new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            CrashWorker.class.getName(),
            redis,
            directory.toString(),
            Long.toString(leaseMillis));
    process.environment().put("CLASSPATH", classes);
    process.redirectErrorStream(true);
    process.redirectOutput(directory.resolve("log-" + started++).toFile());
    workers.add(process.start());
  }

  Process any(SplittableRandom random) {
    return workers.get(random.nextInt(workers.size()));
  }

  /** Ends a worker without its having a say. */
  void kill(Process worker) {
    worker.destroyForcibly();
    workers.remove(worker);
  }

  /** Asks a worker to end. */
  void retire(Process worker) {
    worker.destroy();
    workers.remove(worker);
  }

  void stop(Process worker) throws IOException, InterruptedException {
    signal("STOP", worker);
  }

  void go(Process worker) throws IOException, InterruptedException {
    signal("CONT", worker);
  }

  private static void signal(String signal, Process worker)
      throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(worker.pid())).start();
    kill.waitFor(60, TimeUnit.SECONDS);
  }

  /** How often each job was begun. */
  Map<String, Integer> runs() throws IOException {
    Map<String, Integer> runs = new HashMap<>();
    for (String id : lines("runs-")) {
      runs.merge(id, 1, Integer::sum);
    }
    return runs;
  }

  /** Jobs that found their effect made. */
  List<String> repeated() throws IOException {
    return lines("repeated-");
  }

  boolean hasEffect(String id) {
    return Files.exists(directory.resolve("effects").resolve(id));
  }

  int effects() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("effects"))) {
      return (int) files.count();
    }
  }

  private List<String> lines(String prefix) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(prefix)) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    return lines;
  }

  @Override
  public void close() {
    workers.forEach(Process::destroyForcibly);
  }
}
