package dev.freshcut.redisaccess;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.api.BatchOptions;
import org.redisson.api.BatchResult;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RScriptAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.ByteArrayCodec;

/**
 * Calls to Redis, each within a budget of time. Every method throws the owner's exception, made by
 * the function given to the constructor, if Redis does not answer in time or refuses, or if the
 * caller is interrupted; what was asked may have happened. Safe for use by several threads.
 */
public final class RedisCalls {
  /**
   * One call of a script.
   *
   * @param keys the first decides on which server it runs
   * @param arguments as in {@link RedisCalls#script}
   */
  public record Call(List<Object> keys, List<Object> arguments) {}

  private final RedissonClient redisson;
  private final RScript scripts;
  private final Duration budget;
  private final BiFunction<String, Throwable, ? extends RuntimeException> unavailable;

  /**
   * Calls through a client, which stays the caller's to close.
   *
   * @param budget how long to wait for an answer
   * @param unavailable the exception for a message and a cause
   */
  public RedisCalls(
      RedissonClient redisson,
      Duration budget,
      BiFunction<String, Throwable, ? extends RuntimeException> unavailable) {
    this.redisson = redisson;
    this.scripts = redisson.getScript(ByteArrayCodec.INSTANCE);
    this.budget = budget;
    this.unavailable = unavailable;
  }

  /** The client. */
  public RedissonClient redisson() {
    return redisson;
  }

  /**
   * Runs a script.
   *
   * @param keys the first decides on which server it runs
   * @param arguments bytes as they are, all else as its text in UTF-8
   * @return what the type says; strings as bytes, see {@link #text}
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // decided by the return type argument
  public <T> T script(Script script, ReturnType type, List<Object> keys, Object... arguments) {
    String first = (String) keys.get(0);
    Object[] encoded = bytes(arguments);
    try {
      return answer(
          script.name(),
          () -> scripts.evalShaAsync(first, Mode.READ_WRITE, script.sha1(), type, keys, encoded));
    } catch (RedisNoScriptException e) {
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
  public <T> List<T> scripts(Script script, ReturnType type, List<Call> calls) {
    if (calls.size() == 1) {
      Call only = calls.getFirst();
      return List.of(this.<T>script(script, type, only.keys(), only.arguments().toArray()));
    }
    try {
      return results(answer(script.name(), () -> pipeline(script, type, calls)));
    } catch (RedisNoScriptException e) {
      // Into every server's script cache.
      within("SCRIPT LOAD", () -> scripts.scriptLoadAsync(script.text()));
      return results(within(script.name(), () -> pipeline(script, type, calls)));
    }
  }

  private RFuture<BatchResult<?>> pipeline(Script script, ReturnType type, List<Call> calls) {
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
              bytes(call.arguments().toArray()));
    }
    return batch.executeAsync();
  }

  @SuppressWarnings("unchecked") // decided by the return type argument
  private static <T> List<T> results(BatchResult<?> batch) {
    return (List<T>) batch.getResponses();
  }

  /**
   * Waits for a call, at most as long as the budget.
   *
   * @param operation for the exception's message
   */
  public <T extends @Nullable Object> T within(String operation, Supplier<RFuture<T>> call) {
    try {
      return answer(operation, call);
    } catch (RedisNoScriptException e) {
      throw unavailable(operation, e);
    }
  }

  /**
   * Waits for a call that may itself wait in Redis, such as a blocking read. It keeps a connection
   * for as long as it waits there, even if its caller was interrupted, so it is better short.
   *
   * @param atMost how long it may wait there; the budget comes on top
   * @throws InterruptedException if the caller is
   */
  public <T extends @Nullable Object> T blocking(
      String operation, Duration atMost, Supplier<RFuture<T>> call) throws InterruptedException {
    try {
      return answer(operation, atMost.plus(budget), call);
    } catch (RedisNoScriptException e) {
      throw unavailable(operation, e);
    }
  }

  private <T extends @Nullable Object> T answer(String operation, Supplier<RFuture<T>> call) {
    try {
      return answer(operation, budget, call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable.apply(operation + ": interrupted", e);
    }
  }

  /**
   * Throws {@link RedisNoScriptException} as it is. An interruption does not cancel the call:
   * Redisson 4.6.1 may give the connection of a cancelled blocking read back to its pool while
   * Redis still blocks on it, and with it the next call.
   */
  private <T extends @Nullable Object> T answer(
      String operation, Duration limit, Supplier<RFuture<T>> call) throws InterruptedException {
    RFuture<T> future;
    try {
      future = call.get();
    } catch (RuntimeException e) {
      throw unavailable(operation, e);
    }
    try {
      return future.toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      future.cancel(false);
      throw unavailable.apply(
          operation + ": no answer from Redis within " + limit.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RedisNoScriptException unknown) {
        throw unknown;
      }
      throw unavailable(operation, e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException e) {
      throw unavailable(operation, e);
    }
  }

  /** The owner's exception for what went wrong. */
  RuntimeException unavailable(String operation, Throwable cause) {
    return unavailable.apply(operation + ": " + cause.getMessage(), cause);
  }

  private static Object[] bytes(Object... values) {
    Object[] encoded = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      encoded[i] =
          values[i] instanceof byte[] bytes
              ? bytes
              : values[i].toString().getBytes(StandardCharsets.UTF_8);
    }
    return encoded;
  }

  /** A string within a script's reply. */
  public static String text(Object reply) {
    return new String((byte[]) reply, StandardCharsets.UTF_8);
  }
}
