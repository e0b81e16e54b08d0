package dev.freshcut.bookingapi.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.redisson.api.RedissonClient;

/**
 * Counts in Redis, together with the other instances. Requests of one key wait for each other here:
 * only instances compete in Redis, of which there are few, and not every request with all others.
 */
final class RedisLimiter implements Limiter {
  /** Keys that share a turn only wait a little longer. */
  private static final int TURNS = 1_024;

  private final RedisBuckets buckets;
  private final String prefix;
  private final Duration patience;
  private final List<ReentrantLock> turns =
      IntStream.range(0, TURNS).mapToObj(i -> new ReentrantLock(true)).toList();

  /**
   * @param prefix of its keys
   * @param timeout of Redis, beyond which it throws
   */
  RedisLimiter(RedissonClient redisson, String prefix, Duration timeout, Clock clock) {
    this.buckets = new RedisBuckets(redisson, Buckets.time(clock), timeout);
    this.prefix = prefix;
    // If Redis is away, whoever has the turn finds out before the others give up.
    this.patience = timeout.multipliedBy(2);
  }

  /**
   * Counts a request.
   *
   * @throws Contention if its turn did not come in time
   */
  @Override
  public Verdict take(String key, Quota quota) {
    return inTurn(
        key, quota, bucket -> Verdict.of(bucket.asVerbose().tryConsumeAndReturnRemaining(1)));
  }

  /**
   * Until the next request may be made.
   *
   * @throws Contention if its turn did not come in time
   */
  @Override
  public Duration pause(String key, Quota quota) {
    return inTurn(key, quota, Buckets::pause);
  }

  /**
   * Counts a request no longer.
   *
   * @throws Contention if its turn did not come in time
   */
  @Override
  public void giveBack(String key, Quota quota) {
    inTurn(
        key,
        quota,
        bucket -> {
          bucket.addTokens(1);
          return true;
        });
  }

  private <T> T inTurn(String key, Quota quota, Function<Bucket, T> work) {
    // Another quota is another bucket: instances may be given it one after the other.
    String name = prefix + quota + ":" + key;
    ReentrantLock turn = turns.get(Math.floorMod(name.hashCode(), TURNS));
    await(turn);
    try {
      return work.apply(buckets.builder().build(name, () -> Buckets.of(quota)));
    } catch (TimeoutException e) {
      // Between two answers of Redis: it is there, others were quicker each time.
      throw new Contention();
    } finally {
      turn.unlock();
    }
  }

  private void await(ReentrantLock turn) {
    try {
      if (turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Contention();
  }
}
