package dev.freshcut.jobstreams.redis;

import dev.freshcut.embeddedstack.RedisCluster;
import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.jobstreams.store.Bench;
import dev.freshcut.redisaccess.spring.RedisSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Job stores on a real Redis, with a clock that tests move. */
final class RedisBench implements AutoCloseable {
  final RedissonClient redisson;
  final AtomicLong shift = new AtomicLong();
  final RedisJobStore store;
  final Bench bench;

  RedisBench(Config config) {
    redisson = Redisson.create(config);
    store = another();
    bench = new Bench(store, this::another, this::advance);
  }

  /** The entries of streams have the server's own time: it moves too, if only by a millisecond. */
  private void advance(Duration by) {
    Instant before = store.now("any");
    while (store.now("any").equals(before)) {
      Thread.onSpinWait();
    }
    shift.addAndGet(by.toMillis());
  }

  /** A store of another process, as it were. */
  RedisJobStore another() {
    return new RedisJobStore(redisson, settings(), shift::get);
  }

  /** Generous, as the machine that runs the tests may be busy. */
  static RedisJobStoreSettings settings() {
    return new RedisJobStoreSettings("t", Duration.ofSeconds(20), false);
  }

  static Config singleServer() {
    return config(List.of(TestServers.shared().redis().url()));
  }

  static Config cluster() {
    return config(RedisCluster.shared().urls());
  }

  /** As applications have it. */
  static Config config(List<String> addresses) {
    return new RedisSettings(addresses, null, null, 8).toRedisson();
  }

  @Override
  public void close() {
    redisson.shutdown();
  }
}
