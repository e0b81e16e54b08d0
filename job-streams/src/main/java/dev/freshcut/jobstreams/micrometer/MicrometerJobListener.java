package dev.freshcut.jobstreams.micrometer;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Counts and times what this process does with jobs: {@code freshcut.jobs.enqueued} (by queue, type
 * and answer), {@code freshcut.jobs.waited} (a timer, from due to begun, by queue and type), {@code
 * freshcut.jobs.attempts} (a timer of handlers, by queue, type and end), {@code
 * freshcut.jobs.recovered} and {@code freshcut.jobs.buried} (by queue), {@code
 * freshcut.jobs.store.failures} (by queue and call).
 */
public final class MicrometerJobListener implements JobListener {
  private final MeterRegistry registry;
  private final Map<Meter, Timer> timers = new ConcurrentHashMap<>();

  /** Meters are made in {@code registry} as they are needed. */
  public MicrometerJobListener(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void enqueued(String queue, String type, Enqueued answer) {
    String how = answer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    registry
        .counter("freshcut.jobs.enqueued", "queue", queue, "type", type, "answer", how)
        .increment();
  }

  @Override
  public void started(String queue, String type, Duration waited) {
    timer(
            new Meter(queue, type, "waited"),
            meter -> registry.timer("freshcut.jobs.waited", "queue", queue, "type", type))
        .record(waited);
  }

  @Override
  public void ended(String queue, String type, End end, Duration took) {
    String how = end.name().toLowerCase(Locale.ROOT);
    timer(
            new Meter(queue, type, how),
            meter ->
                registry.timer("freshcut.jobs.attempts", "queue", queue, "type", type, "end", how))
        .record(took);
  }

  @Override
  public void recovered(String queue, int jobs, int buried) {
    registry.counter("freshcut.jobs.recovered", "queue", queue).increment(jobs);
    registry.counter("freshcut.jobs.buried", "queue", queue).increment(buried);
  }

  @Override
  public void storeFailed(String queue, String call) {
    registry.counter("freshcut.jobs.store.failures", "queue", queue, "call", call).increment();
  }

  /** Looking a meter up by its tags costs more than a job that does nothing. */
  private Timer timer(Meter meter, Function<Meter, Timer> maker) {
    Timer timer = timers.get(meter);
    return timer != null ? timer : timers.computeIfAbsent(meter, maker);
  }

  private record Meter(String queue, String type, String what) {}
}
