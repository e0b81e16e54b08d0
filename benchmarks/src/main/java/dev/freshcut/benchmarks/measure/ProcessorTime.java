package dev.freshcut.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Processor time used by this JVM's threads and by the processes it has started, by kind: what
 * remains comparable on a machine whose cores are shared.
 */
public final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Map<String, String> kinds;
  private final String otherThreads;
  private final Map<Long, Duration> threadTimes = new HashMap<>();
  private final Map<Long, String> threadKinds = new HashMap<>();
  private final Map<Long, Duration> processTimes = new HashMap<>();
  private final Map<Long, String> processKinds = new HashMap<>();
  private final Duration jvm;

  /**
   * Looks at all threads and processes.
   *
   * @param kinds the kind of thread or process for parts of their names; the first that fits holds
   * @param otherThreads the kind of all other threads, and of collector and compiler
   */
  public ProcessorTime(Map<String, String> kinds, String otherThreads) {
    this.kinds = kinds;
    this.otherThreads = otherThreads;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null) {
        long nanos = THREADS.getThreadCpuTime(thread.getThreadId());
        threadTimes.put(thread.getThreadId(), Duration.ofNanos(Math.max(0, nanos)));
        threadKinds.put(thread.getThreadId(), kind(thread.getThreadName(), otherThreads));
      }
    }
    ProcessHandle.current()
        .descendants()
        .forEach(
            process -> {
              String name =
                  process
                      .info()
                      .command()
                      .map(command -> Path.of(command).getFileName().toString())
                      .orElse("unknown process");
              processTimes.put(
                  process.pid(), process.info().totalCpuDuration().orElse(Duration.ZERO));
              processKinds.put(process.pid(), kind(name, name));
            });
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    this.jvm = Duration.ofNanos(system.getProcessCpuTime());
  }

  private String kind(String name, String otherwise) {
    return kinds.entrySet().stream()
        .filter(kind -> name.contains(kind.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  /**
   * The time used since an earlier look, by kind. Threads and processes that have ended meanwhile
   * are not seen; ended threads count as other ones.
   */
  public Map<String, Duration> since(ProcessorTime earlier) {
    Map<String, Duration> used = new TreeMap<>();
    Duration seen = Duration.ZERO;
    for (Map.Entry<Long, Duration> thread : threadTimes.entrySet()) {
      Duration time =
          thread.getValue().minus(earlier.threadTimes.getOrDefault(thread.getKey(), Duration.ZERO));
      used.merge(threadKinds.get(thread.getKey()), time, Duration::plus);
      seen = seen.plus(time);
    }
    used.merge(otherThreads, jvm.minus(earlier.jvm).minus(seen), Duration::plus);
    processTimes.forEach(
        (pid, time) ->
            used.merge(
                processKinds.get(pid),
                time.minus(earlier.processTimes.getOrDefault(pid, Duration.ZERO)),
                Duration::plus));
    used.values().removeIf(Duration::isZero);
    return used;
  }
}
