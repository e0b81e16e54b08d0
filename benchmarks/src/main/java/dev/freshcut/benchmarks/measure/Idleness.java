package dev.freshcut.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How busy the machine is with other things, looked at while this process does nothing. */
public final class Idleness {
  /** Above this share of all cores, figures would say more about the neighbours. */
  public static final double LIMIT = 0.1;

  private Idleness() {}

  /**
   * The share of all cores that was in use, 0 to 1, over a while; the calling thread only waits. It
   * says more than the load average, which remembers for minutes the build that came before.
   */
  public static double busyShare(Duration over) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    system.getCpuLoad(); // the next call answers for the time since this one
    long until = System.nanoTime() + over.toNanos();
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
    return Math.max(0, system.getCpuLoad());
  }
}
