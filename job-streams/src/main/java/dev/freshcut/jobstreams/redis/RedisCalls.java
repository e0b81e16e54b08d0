package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.ByteArrayCodec;

/** Calls to Redis, each within a budget of time. */
final class RedisCalls {
  private final RedissonClient redisson;
  private final RScript scripts;
  private final Duration budget;

  RedisCalls(RedissonClient redisson, Duration budget) {
    this.redisson = redisson;
    this.scripts = redisson.getScript(ByteArrayCodec.INSTANCE);
    this.budget = budget;
  }

  RedissonClient redisson() {
    return redisson;
  }

  Duration budget() {
    return budget;
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // decided by the return type argument
  <T> T script(Script script, ReturnType type, List<Object> keys, Object[] arguments) {
    String first = (String) keys.get(0);
    try {
      return within(
          script.name(),
          () -> scripts.evalShaAsync(first, Mode.READ_WRITE, script.sha1(), type, keys, arguments));
    } catch (StoreUnavailableException e) {
      if (!(e.getCause() instanceof RedisNoScriptException)) {
        throw e;
      }
      return within(
          script.name(),
          () -> scripts.evalAsync(first, Mode.READ_WRITE, script.text(), type, keys, arguments));
    }
  }

  /** Waits for a call, at most as long as the budget. */
  <T extends @Nullable Object> T within(String operation, Supplier<RFuture<T>> call) {
    try {
      return within(operation, budget, call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException(operation + ": interrupted", e);
    }
  }

  <T extends @Nullable Object> T within(String operation, Duration limit, Supplier<RFuture<T>> call)
      throws InterruptedException {
    try {
      RFuture<T> future = call.get();
      try {
        return future.toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        future.cancel(false);
        throw new StoreUnavailableException(
            operation + ": no answer from Redis within " + limit.toMillis() + " ms", e);
      } catch (InterruptedException e) {
        future.cancel(true);
        throw e;
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StoreUnavailableException(operation + ": " + cause.getMessage(), cause);
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreUnavailableException(operation + ": " + e.getMessage(), e);
    }
  }
}
