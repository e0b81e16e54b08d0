package dev.freshcut.coherentcache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A load in progress that other readers of the same key in this process may share.
 *
 * <p>A shared value may be as old as the flight, whatever has been evicted since it took off.
 * Therefore only readers that come within {@code joinable} of its start may join.
 */
final class Flight<T extends @Nullable Object> {
  private final long startedNanos = System.nanoTime();
  private final long joinableNanos;
  private final CompletableFuture<@Nullable Landed<T>> landed = new CompletableFuture<>();
  private volatile boolean abandoned;

  Flight(Duration joinable) {
    this.joinableNanos = joinable.toNanos();
  }

  /**
   * What a flight brought.
   *
   * @param contains tells whether the value contains a transaction
   */
  record Landed<T extends @Nullable Object>(Answer<T> answer, LongPredicate contains) {}

  /** Not once it is abandoned: who looks for another flight may come before it is gone. */
  boolean joinable() {
    return !abandoned && remaining() > 0;
  }

  private long remaining() {
    return joinableNanos - (System.nanoTime() - startedNanos);
  }

  void land(Landed<T> result) {
    landed.complete(result);
  }

  /** Lets everybody who joined look for another flight. */
  void abandon() {
    abandoned = true;
    landed.complete(null);
  }

  boolean isAbandoned() {
    return abandoned;
  }

  void crash(Throwable cause) {
    landed.completeExceptionally(cause);
  }

  /**
   * Waits for the result; null if it is abandoned or takes longer than the flight is joinable, or
   * if the caller is interrupted. What the load failed with is passed on.
   */
  @Nullable Landed<T> await() {
    try {
      return landed.get(Math.max(0, remaining()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new CacheLoadException("the load that was joined failed: " + e.getCause(), e);
    }
  }
}
