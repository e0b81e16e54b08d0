package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.CacheKey;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a failing Redis alone: when half of the last {@value #WINDOW} calls (of at least a quarter
 * as many, at the start) have failed, calls fail at once for {@link #PAUSE}; then a few are let
 * through to see whether it is back.
 */
final class GuardedStore implements StampedStore {
  private static final int WINDOW = 20;
  private static final int TRIALS = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final StampedStore store;
  private final CircuitBreaker breaker;
  private final CacheListener listener;

  GuardedStore(StampedStore store, CacheListener listener) {
    this.store = store;
    this.listener = listener;
    this.breaker =
        CircuitBreaker.of(
            "coherent-cache",
            CircuitBreakerConfig.custom()
                .slidingWindow(
                    WINDOW,
                    WINDOW / 4,
                    SlidingWindowType.COUNT_BASED,
                    CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.LOCK_FREE)
                .failureRateThreshold(50)
                .waitDurationInOpenState(PAUSE)
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .recordException(GuardedStore::isFailure)
                .build());
  }

  /** Whether calls fail at once at present. */
  boolean leftAlone() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }

  @Override
  public List<@Nullable Entry> read(List<CacheKey> keys) {
    return guarded("read", () -> store.read(keys));
  }

  @Override
  public List<Begun> begin(List<Wanted> wanted, String claimant) {
    return guarded("begin", () -> store.begin(wanted, claimant));
  }

  @Override
  public List<Fill> fill(List<Value> values, String claimant, long floor, Instant loadedAt) {
    return guarded("fill", () -> store.fill(values, claimant, floor, loadedAt));
  }

  @Override
  public void release(List<CacheKey> keys, String claimant) {
    guarded(
        "release",
        () -> {
          store.release(keys, claimant);
          return true;
        });
  }

  /** Not when it is the caller who was interrupted. */
  private static boolean isFailure(Throwable e) {
    return e instanceof CacheUnavailableException
        && !(e.getCause() instanceof InterruptedException);
  }

  private <T extends @Nullable Object> T guarded(String operation, Supplier<T> call) {
    try {
      return CircuitBreaker.decorateSupplier(breaker, call).get();
    } catch (CallNotPermittedException e) {
      throw new CacheUnavailableException(operation + ": Redis is being left alone", e);
    } catch (CacheUnavailableException e) {
      if (isFailure(e)) {
        listener.redisFailed(operation, e);
      }
      throw e;
    }
  }
}
