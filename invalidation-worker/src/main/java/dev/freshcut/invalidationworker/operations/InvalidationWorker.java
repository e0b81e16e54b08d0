package dev.freshcut.invalidationworker.operations;

import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.invalidationworker.consuming.ConsumerLoop;
import dev.freshcut.invalidationworker.consuming.Consumers;
import dev.freshcut.invalidationworker.consuming.Horizons;
import dev.freshcut.invalidationworker.consuming.Lifecycle.State;
import dev.freshcut.invalidationworker.consuming.Work;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/** The worker as one part that starts and stops: consumers, sweeper and monitor. */
final class InvalidationWorker implements SmartLifecycle, AutoCloseable {
  private final Consumers consumers;
  private final Monitor monitor;
  private final Sweep sweep;
  private final ScheduledExecutorService scheduler;
  private volatile boolean running;

  InvalidationWorker(Work work, RedisCoherence coherence, MeterRegistry registry) {
    Horizons horizons = work.horizons();
    this.scheduler =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("invalidation-housekeeping").factory());
    this.consumers = new Consumers(work);
    this.monitor = new Monitor(coherence.watermarks(), coherence::modelMismatches, work.clock());
    this.sweep =
        new Sweep(coherence.sweeper(), horizons, work.settings().sweep(), scheduler, registry);
    registry.gauge(
        WorkerMetrics.PREFIX + "watermark.age.seconds",
        monitor,
        m -> m.watermarkAge().map(age -> age.toMillis() / 1000.0).orElse(Double.NaN));
    registry.gauge(
        WorkerMetrics.PREFIX + "paused",
        consumers,
        c -> c.loops().stream().filter(l -> l.status().state() != State.RUNNING).count());
    registry.gauge(
        WorkerMetrics.PREFIX + "evictions.owed",
        consumers,
        c -> c.loops().stream().mapToInt(ConsumerLoop::owed).sum());
  }

  HealthIndicator health(Duration watermarkBound) {
    return new InvalidationHealthIndicator(consumers.loops(), monitor, watermarkBound);
  }

  @Override
  public void start() {
    consumers.start();
    var unused = scheduler.scheduleWithFixedDelay(monitor, 0, 1, TimeUnit.SECONDS);
    scheduler.execute(sweep);
    running = true;
  }

  @Override
  public void stop() {
    scheduler.shutdownNow();
    consumers.close();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Also where the context fails before it starts its parts. */
  @Override
  public void close() {
    stop();
  }
}
