package dev.freshcut.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * What the figures were taken on.
 *
 * @param at when the run began
 * @param commit of the source tree, with {@code -dirty} if it had changes; {@code unknown} outside
 *     of a Git work tree
 * @param processor its model name
 * @param cores that this JVM may use
 * @param memoryGiB of the machine or container
 * @param kernel operating system and its version
 * @param jdk vendor and version
 * @param heapMiB the JVM's limit
 * @param collector names of its garbage collectors
 * @param loadAverage over the last minute before the run; negative where the system has none
 * @param busyShare share of all cores that other work used just before the run, 0 to 1
 */
public record Machine(
    Instant at,
    String commit,
    String processor,
    int cores,
    double memoryGiB,
    String kernel,
    String jdk,
    long heapMiB,
    String collector,
    double loadAverage,
    double busyShare) {

  /** This machine, now. */
  public static Machine describe(Clock clock, double busyShare) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        clock.instant().truncatedTo(ChronoUnit.SECONDS),
        describeCommit(),
        processorName(),
        system.getAvailableProcessors(),
        Math.round(system.getTotalMemorySize() / (double) (1L << 30) * 10) / 10.0,
        system.getName() + " " + system.getVersion() + " " + system.getArch(),
        System.getProperty("java.vm.vendor") + " " + Runtime.version(),
        Runtime.getRuntime().maxMemory() >> 20,
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(java.lang.management.MemoryManagerMXBean::getName)
            .reduce((a, b) -> a + ", " + b)
            .orElse("unknown"),
        Math.round(system.getSystemLoadAverage() * 100) / 100.0,
        Math.round(busyShare * 1000) / 1000.0);
  }

  private static String processorName() {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch");
    }
    try (var lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describeCommit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? answer.strip() : "unknown";
    } catch (IOException e) {
      return "unknown"; // no git on this machine
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
