package dev.freshcut.coherentcache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RScriptAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.ByteArrayCodec;

/** Calls to Redis, each within a budget of time. */
final class RedisCalls {
  /** One call of a script; the first key decides on which server. */
  record Call(List<Object> keys, List<Object> arguments) {}

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

  /** Runs a script. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // decided by the return type argument
  <T> T script(Script script, ReturnType type, List<Object> keys, Object... arguments) {
    String first = (String) keys.get(0);
    Object[] encoded = Bytes.of(arguments);
    try {
      return within(
          script.name(),
          () -> scripts.evalShaAsync(first, Mode.READ_WRITE, script.sha1(), type, keys, encoded));
    } catch (CacheUnavailableException e) {
      if (!(e.getCause() instanceof RedisNoScriptException)) {
        throw e;
      }
      return within(
          script.name(),
          () -> scripts.evalAsync(first, Mode.READ_WRITE, script.text(), type, keys, encoded));
    }
  }

  /**
   * Runs a script several times in one round trip.
   *
   * @return the result of each call, in their order
   */
  <T> List<T> scripts(Script script, ReturnType type, List<Call> calls) {
    if (calls.size() == 1) {
      Call only = calls.getFirst();
      return List.of(this.<T>script(script, type, only.keys(), only.arguments().toArray()));
    }
    try {
      return pipeline(script, type, calls);
    } catch (CacheUnavailableException e) {
      if (!(e.getCause() instanceof RedisNoScriptException)) {
        throw e;
      }
      load(script);
      return pipeline(script, type, calls);
    }
  }

  @SuppressWarnings("unchecked") // decided by the return type argument
  private <T> List<T> pipeline(Script script, ReturnType type, List<Call> calls) {
    RBatch batch =
        redisson.createBatch(
            BatchOptions.defaults()
                .retryAttempts(0)
                .responseTimeout(budget.toMillis(), TimeUnit.MILLISECONDS));
    RScriptAsync queued = batch.getScript(ByteArrayCodec.INSTANCE);
    for (Call call : calls) {
      var unused =
          queued.evalShaAsync(
              (String) call.keys().get(0),
              Mode.READ_WRITE,
              script.sha1(),
              type,
              call.keys(),
              Bytes.of(call.arguments().toArray()));
    }
    return (List<T>) within(script.name(), batch::executeAsync).getResponses();
  }

  /** Loads a script into every server's script cache. */
  private void load(Script script) {
    within("SCRIPT LOAD", () -> scripts.scriptLoadAsync(script.text()));
  }

  /** Waits for a call, at most as long as the budget. */
  <T extends @Nullable Object> T within(String operation, Supplier<RFuture<T>> call) {
    try {
      RFuture<T> future = call.get();
      try {
        return future.toCompletableFuture().get(budget.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        future.cancel(false);
        throw new CacheUnavailableException(
            operation + ": no answer from Redis within " + budget.toMillis() + " ms", e);
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new CacheUnavailableException(operation + ": " + cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheUnavailableException(operation + ": interrupted", e);
    } catch (CacheUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheUnavailableException(operation + ": " + e.getMessage(), e);
    }
  }
}
