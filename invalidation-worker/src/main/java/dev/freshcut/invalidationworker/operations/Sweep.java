package dev.freshcut.invalidationworker.operations;

import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.Sweeper;
import dev.freshcut.invalidationworker.consuming.Horizons;
import dev.freshcut.invalidationworker.settings.WorkerSettings.SweepSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps the cache's indexes, a small step at a time. */
final class Sweep implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  private final Sweeper sweeper;
  private final Horizons horizons;
  private final SweepSettings settings;
  private final ScheduledExecutorService scheduler;
  private final Counter members;
  private final Counter tombstones;

  Sweep(
      Sweeper sweeper,
      Horizons horizons,
      SweepSettings settings,
      ScheduledExecutorService scheduler,
      MeterRegistry registry) {
    this.sweeper = sweeper;
    this.horizons = horizons;
    this.settings = settings;
    this.scheduler = scheduler;
    this.members = registry.counter(WorkerMetrics.PREFIX + "swept", "what", "member");
    this.tombstones = registry.counter(WorkerMetrics.PREFIX + "swept", "what", "tombstone");
  }

  @Override
  public void run() {
    boolean more = false;
    try {
      more = step();
    } catch (CacheUnavailableException e) {
      log.debug("not swept; will try again", e);
    } catch (RuntimeException e) {
      log.error("not swept, so expired entries stay in indexes; will try again", e);
    }
    long pause = (more ? settings.pause() : settings.interval()).toMillis();
    if (!scheduler.isShutdown()) {
      var unused = scheduler.schedule(this, pause, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether the pass goes on. */
  private boolean step() {
    OptionalLong horizon = horizons.matured();
    if (horizon.isEmpty()) {
      return false;
    }
    Sweeper.Step step = sweeper.step(horizon.getAsLong());
    members.increment((double) step.members());
    tombstones.increment((double) step.tombstones());
    return !step.wrapped();
  }
}
