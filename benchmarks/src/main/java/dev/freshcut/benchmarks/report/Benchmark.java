package dev.freshcut.benchmarks.report;

import dev.freshcut.embeddedstack.Servers;

/** Gives a {@link Result} when run. */
public interface Benchmark {
  /** Name of the benchmark and of its files: lower-case letters and dashes. */
  String name();

  /**
   * Runs it to the end, which takes minutes.
   *
   * @param servers to use; what it leaves in them, the next benchmark must bear
   * @param progress is told what is being done
   */
  Result run(Servers servers, Progress progress) throws Exception;

  /** Is told what is being done, for those who wait. */
  @FunctionalInterface
  interface Progress {
    /** One line. */
    void say(String line);
  }
}
