package dev.freshcut.bookingapi.ratelimit;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts together with the other instances, or while that fails, alone. After a failure one request
 * in a while finds out whether it works again; the others do not wait for it.
 */
final class FallbackLimiter implements Limiter {
  private static final Logger log = LoggerFactory.getLogger(FallbackLimiter.class);

  private static final long NOW = 0;

  /** When a caller may try again who made more requests at once than can be counted. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final Limiter shared;
  private final MemoryLimiter alone;
  private final Duration pause;
  private final Clock clock;

  /** Not before this, in milliseconds of the clock; {@link #NOW} while it works. */
  private final AtomicLong next = new AtomicLong(NOW);

  FallbackLimiter(Limiter shared, MemoryLimiter alone, Duration pause, Clock clock) {
    this.shared = shared;
    this.alone = alone;
    this.pause = pause;
    this.clock = clock;
  }

  @Override
  public Verdict take(String key, Quota quota) {
    return ask(limiter -> limiter.take(key, quota), Verdict.refused(quota, AT_ONCE));
  }

  @Override
  public Duration pause(String key, Quota quota) {
    return ask(limiter -> limiter.pause(key, quota), AT_ONCE);
  }

  private <T> T ask(Function<Limiter, T> question, T contended) {
    long after = next.get();
    if (after != NOW && !isTurn(after)) {
      return question.apply(alone);
    }
    try {
      T answer = question.apply(shared);
      if (after != NOW && next.getAndSet(NOW) != NOW) {
        alone.clear();
        log.info("rate limits are counted in Redis again");
      }
      return answer;
    } catch (Contention e) {
      // Redis answers, so the quota is not begun anew in memory.
      return next.get() == NOW ? contended : question.apply(alone);
    } catch (RuntimeException e) {
      goOnAlone(e);
      return question.apply(alone);
    }
  }

  @Override
  public void giveBack(String key, Quota quota) {
    if (next.get() != NOW) {
      alone.giveBack(key, quota);
      return;
    }
    try {
      shared.giveBack(key, quota);
    } catch (Contention e) {
      // It goes on counting, which only the caller notices, who makes too many at once.
    } catch (RuntimeException e) {
      goOnAlone(e);
    }
  }

  private void goOnAlone(RuntimeException e) {
    if (next.getAndSet(clock.millis() + pause.toMillis()) == NOW) {
      log.warn(
          "rate limits are counted by this instance alone, Redis is tried every {}: {}",
          pause,
          e.toString());
    }
  }

  private boolean isTurn(long after) {
    long now = clock.millis();
    return now >= after && next.compareAndSet(after, now + pause.toMillis());
  }
}
