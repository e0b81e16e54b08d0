package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.WatermarkHash.State;
import dev.freshcut.coherentcache.model.Family;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the cache may be read: only while invalidation is known to be alive.
 *
 * <p>The watermark is fetched in the background, several times per bound, so that a read costs no
 * extra round trip. Until it has been fetched for the first time the gate is closed.
 */
final class WatermarkGate {
  private static final Logger log = LoggerFactory.getLogger(WatermarkGate.class);
  private static final Duration FASTEST = Duration.ofMillis(100);
  private static final Duration SLOWEST = Duration.ofSeconds(1);

  private final WatermarkHash watermarks;
  private final Runnable precondition;
  private final Duration bound;
  private final Clock clock;
  private final ScheduledExecutorService refresher;

  /** The newest watermark ever seen. */
  private Instant newest = Instant.MIN;

  /** The watermark to go by; null while Redis holds none, or an older one than it did. */
  private volatile @Nullable Instant committedBefore;

  private final Map<String, Long> marks = new ConcurrentHashMap<>();
  private volatile long horizon = -1;
  private volatile boolean allowed;
  private volatile boolean wasOpen;
  private volatile boolean refusalLogged;

  /**
   * @param precondition runs before each fetch; while it throws, the gate gets no newer watermark
   * @param bound how old a watermark may be; zero keeps the gate open
   */
  WatermarkGate(
      WatermarkHash watermarks,
      Runnable precondition,
      Duration bound,
      Clock clock,
      ScheduledExecutorService refresher) {
    this.watermarks = watermarks;
    this.precondition = precondition;
    this.bound = bound;
    this.clock = clock;
    this.refresher = refresher;
  }

  void start() {
    long period = Math.clamp(bound.toMillis() / 10, FASTEST.toMillis(), SLOWEST.toMillis());
    refresh();
    var unused =
        refresher.scheduleWithFixedDelay(this::refresh, period, period, TimeUnit.MILLISECONDS);
  }

  boolean open() {
    if (!allowed) {
      return false;
    }
    if (bound.isZero()) {
      return true;
    }
    Instant watermark = committedBefore;
    return watermark != null && !watermark.isBefore(clock.instant().minus(bound));
  }

  /**
   * Entries and loads of a family whose floor is not above this are out of date, whatever their
   * indexes say: all scopes were evicted at this transaction.
   */
  long evictedAllScopes(Family family) {
    return Math.max(
        marks.getOrDefault(family.name(), -1L), marks.getOrDefault(WatermarkHash.EVERYTHING, -1L));
  }

  /**
   * A load with a floor below this is from a replica that lags further behind than tombstones are
   * kept.
   */
  long horizon() {
    return horizon;
  }

  /**
   * A watermark that is older than one seen before is that of a Redis that has lost its latest
   * writes: entries evicted meanwhile may be back, until the worker has caught up again.
   */
  private boolean notGoneBack(Instant watermark) {
    if (watermark.isBefore(newest)) {
      return false;
    }
    newest = watermark;
    return true;
  }

  private void refresh() {
    try {
      precondition.run();
      allowed = true;
      State state = watermarks.state();
      state.marks().forEach((family, xid) -> marks.merge(family, xid, Math::max));
      state.watermark().ifPresent(watermark -> horizon = Math.max(horizon, watermark.horizon()));
      committedBefore =
          state.watermark().map(Watermark::committedBefore).filter(this::notGoneBack).orElse(null);
    } catch (IllegalStateException e) {
      if (!refusalLogged) {
        refusalLogged = true;
        log.error("{}; reads go to the database until then", e.getMessage());
      }
    } catch (RuntimeException e) {
      log.debug("watermark not read, will be tried again", e);
    }
    boolean open = open();
    if (open != wasOpen) {
      wasOpen = open;
      if (open) {
        log.info("invalidation is alive; reads use the cache");
      } else {
        log.warn(
            "watermark {} is missing, went back or is older than {}; reads go to the database until it moves on",
            committedBefore,
            bound);
      }
    }
  }
}
