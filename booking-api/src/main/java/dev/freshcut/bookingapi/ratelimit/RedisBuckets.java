package dev.freshcut.bookingapi.ratelimit;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBucket;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;

/**
 * Bucket4j's buckets in Redis, by Redisson's public interface: read, compute here, and write if
 * nobody has written meanwhile. A bucket that has refilled expires.
 */
final class RedisBuckets extends AbstractCompareAndSwapBasedProxyManager<String> {
  private static final byte[] ABSENT = {};
  private static final Duration SPARE = Duration.ofSeconds(10);

  private final RedissonClient redisson;
  private final String swap = script();
  private final ExpirationAfterWriteStrategy expiry =
      ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(SPARE);

  /**
   * @param timeout of one request, whatever it takes
   */
  RedisBuckets(RedissonClient redisson, TimeMeter time, Duration timeout) {
    super(ClientSideConfig.getDefault().withClientClock(time).withRequestTimeout(timeout));
    this.redisson = redisson;
  }

  @Override
  protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
    RBucket<byte[]> bucket = redisson.getBucket(key, ByteArrayCodec.INSTANCE);
    RScript scripts = redisson.getScript(ByteArrayCodec.INSTANCE);
    return new CompareAndSwapOperation() {
      private boolean lost;

      @Override
      public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
        return Optional.ofNullable(await(bucket.getAsync(), timeoutNanos, lost));
      }

      @Override
      public boolean compareAndSwap(
          byte @Nullable [] before,
          byte[] after,
          RemoteBucketState state,
          Optional<Long> timeoutNanos) {
        long millis = expiry.calculateTimeToLiveMillis(state, currentTimeNanos());
        RFuture<Boolean> swapped =
            scripts.evalAsync(
                key,
                RScript.Mode.READ_WRITE,
                swap,
                RScript.ReturnType.BOOLEAN,
                List.of(key),
                before == null ? ABSENT : before,
                after,
                Long.toString(millis).getBytes(StandardCharsets.US_ASCII));
        boolean won = Objects.requireNonNull(await(swapped, timeoutNanos, lost));
        lost |= !won;
        return won;
      }
    };
  }

  /**
   * Waits for Redis.
   *
   * @param lost whether it has answered this request before, and others were quicker: what is left
   *     of the time says nothing about it then
   */
  private static <T> @Nullable T await(
      RFuture<T> future, Optional<Long> timeoutNanos, boolean lost) {
    try {
      return future.toCompletableFuture().get(timeoutNanos.orElseThrow(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      future.cancel(false);
      if (lost) {
        throw new Contention();
      }
      throw new IllegalStateException("no answer from Redis in time", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String script() {
    try (InputStream in = RedisBuckets.class.getResourceAsStream("swap.lua")) {
      return new String(
          Objects.requireNonNull(in, "swap.lua is not on the class path").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void removeProxy(String key) {
    redisson.getBucket(key, ByteArrayCodec.INSTANCE).delete();
  }

  @Override
  public boolean isAsyncModeSupported() {
    return false;
  }

  @Override
  public boolean isExpireAfterWriteSupported() {
    return true;
  }

  @Override
  protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected CompletableFuture<Void> removeAsync(String key) {
    throw new UnsupportedOperationException();
  }
}
