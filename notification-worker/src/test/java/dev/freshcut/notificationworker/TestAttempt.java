package dev.freshcut.notificationworker;

import dev.freshcut.jobstreams.JobContext;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * An attempt of a job that no queue has.
 *
 * @param stopped whether it is to end, asked each time
 */
public record TestAttempt(String id, int attempt, BooleanSupplier stopped) implements JobContext {
  /** One with time enough. */
  public static TestAttempt of(String id, int attempt) {
    return new TestAttempt(id, attempt, () -> false);
  }

  @Override
  public Instant enqueuedAt() {
    return Instant.EPOCH;
  }

  @Override
  public Instant dueAt() {
    return Instant.EPOCH;
  }

  @Override
  public boolean cancelled() {
    return stopped.getAsBoolean();
  }

  @Override
  public void progress(int percent, String note) {}
}
