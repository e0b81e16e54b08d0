package dev.freshcut.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Runs the steps of the start one by one, and shows each in a line with the seconds it took. */
final class Steps {
  private static final int WIDTH = 28;

  private final PrintStream out;
  private final Diagnosis diagnosis;
  private final LongSupplier nanoTime;
  private final BooleanSupplier stopping;
  private final long begin;

  /**
   * Steps that begin now.
   *
   * @param stopping whether a step that breaks was broken on purpose, which is no failure to show
   */
  Steps(PrintStream out, Diagnosis diagnosis, LongSupplier nanoTime, BooleanSupplier stopping) {
    this.out = out;
    this.diagnosis = diagnosis;
    this.nanoTime = nanoTime;
    this.stopping = stopping;
    this.begin = nanoTime.getAsLong();
  }

  /**
   * Runs one step.
   *
   * @param outcome what to show of the step's result, such as its address; may be empty
   * @throws StartFailure if the step fails
   */
  <T> T run(String title, Callable<T> work, Function<? super T, String> outcome) {
    // Without a newline: what is under way can be seen while it is.
    out.print("  " + title + " " + ".".repeat(Math.max(3, WIDTH - title.length())) + " ");
    out.flush();
    long start = nanoTime.getAsLong();
    try {
      T result = work.call();
      String seconds = seconds(Duration.ofNanos(nanoTime.getAsLong() - start));
      out.println((seconds + "  " + outcome.apply(result)).stripTrailing());
      return result;
    } catch (Exception | Error e) {
      if (!stopping.getAsBoolean()) {
        out.println("failed");
      }
      throw diagnosis.of(title, e);
    }
  }

  /** Time since the first step. */
  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - begin);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%5.1f s", time.toMillis() / 1000.0);
  }
}
