package dev.freshcut.bookingapi.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.ratelimit.LoginLimit.Attempt;
import dev.freshcut.bookingapi.security.SecuritySettings;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.config.Config;

class RedisLimiterIT extends LimiterContract {
  private static final Duration GENEROUS = Duration.ofSeconds(20);
  private static final int AT_ONCE = 64;
  private static final SecuritySettings SECURITY =
      new SecuritySettings("s".repeat(32), null, "freshcut", Duration.ofHours(1), List.of(), null);
  private static int tests;

  private final String prefix = "limiter-it-" + ++tests + ":";
  private RedissonClient redisson;

  @BeforeEach
  void connect() {
    Config config = new Config();
    config.useSingleServer().setAddress(ApiFixture.servers().redis().url());
    redisson = Redisson.create(config);
  }

  @AfterEach
  void disconnect() {
    redisson.shutdown();
  }

  @Override
  Limiter limiter() {
    return limiter(clock);
  }

  private RedisLimiter limiter(Clock of) {
    return new RedisLimiter(redisson, prefix, GENEROUS, of);
  }

  @Test
  void simultaneousRequestsOfTwoInstancesAreCountedOnce() throws Exception {
    List<Limiter> instances = List.of(limiter(clock), limiter(clock));
    Quota quota = new Quota(20, 200, 1000);
    List<Callable<Boolean>> requests = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      Limiter instance = instances.get(i % 2);
      requests.add(() -> instance.take("a", quota).allowed());
    }

    int allowed = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> verdict : executor.invokeAll(requests)) {
        allowed += verdict.get() ? 1 : 0;
      }
    }

    assertThat(allowed).isEqualTo(20);
  }

  /** Each waits for the others' requests, which says nothing about Redis. */
  @Test
  void manyRequestsOfOneCallerAtOnceAreNoOutage() throws Exception {
    Duration timeout = Duration.ofSeconds(2);
    List<String> fallbacks = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger swaps = new AtomicInteger();
    Limiter shared = new RedisLimiter(counting(swaps), prefix, timeout, clock);
    Limiter noted =
        new Limiter() {
          @Override
          public Verdict take(String key, Quota of) {
            try {
              return shared.take(key, of);
            } catch (RuntimeException e) {
              fallbacks.add(e.toString());
              throw e;
            }
          }

          @Override
          public Duration pause(String key, Quota of) {
            return shared.pause(key, of);
          }

          @Override
          public void giveBack(String key, Quota of) {
            shared.giveBack(key, of);
          }
        };
    Limiter limiter =
        new FallbackLimiter(noted, new MemoryLimiter(100, clock), Duration.ofMinutes(1), clock);
    Quota quota = new Quota(AT_ONCE * 20L, 10_000, 10_000);

    AtomicInteger allowed = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(AT_ONCE);
    try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<Void>> callers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        callers.add(
            () -> {
              start.countDown();
              start.await();
              for (int request = 0; request < 30; request++) {
                if (limiter.take("a", quota).allowed()) {
                  allowed.incrementAndGet();
                }
              }
              return null;
            });
      }
      for (Future<Void> caller : executor.invokeAll(callers)) {
        caller.get();
      }
    }

    assertThat(fallbacks).isEmpty();
    assertThat(allowed).hasValue(AT_ONCE * 20);
    assertThat(swaps).as("nobody swaps in vain").hasValue(AT_ONCE * 20);
  }

  /** The client, which counts the attempts to replace a bucket's state. */
  private RedissonClient counting(AtomicInteger swaps) {
    return (RedissonClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {RedissonClient.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(redisson, arguments);
              return result instanceof RScript script ? counting(script, swaps) : result;
            });
  }

  private RScript counting(RScript script, AtomicInteger swaps) {
    return (RScript)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {RScript.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("eval")) {
                swaps.incrementAndGet();
              }
              return method.invoke(script, arguments);
            });
  }

  @Test
  void bucketExpiresOnceItIsFullAgain() {
    limiter(Clock.systemUTC()).take("a", new Quota(10, 10, 10));

    long millis = redisson.getBucket(prefix + "10/10/10:a").remainTimeToLive();

    // A tenth of a day, and ten seconds to spare.
    assertThat(millis).isBetween(8_640_000L - 120_000L, 8_650_001L);
  }

  @Test
  void wrongPasswordsAreCountedByTwoInstancesTogether() {
    LoginLimit one = new LoginLimit(limiter(clock), new MemoryLimiter(1_000, clock), SECURITY);
    LoginLimit other = new LoginLimit(limiter(clock), new MemoryLimiter(1_000, clock), SECURITY);
    String here = "192.0.2.1";
    for (int i = 0; i < 10; i++) {
      Attempt right = one.begin("a@example.org", here);
      assertThat(right).isInstanceOf(Attempt.Allowed.class);
      ((Attempt.Allowed) right).wasRight().run();
    }
    for (int i = 0; i < 5; i++) {
      LoginLimit instance = i % 2 == 0 ? one : other;
      assertThat(instance.begin("a@example.org", here)).isInstanceOf(Attempt.Allowed.class);
    }

    assertThat(one.begin("A@example.org", here))
        .isEqualTo(new Attempt.Refused(Duration.ofMinutes(1)));
    assertThat(other.begin("a@example.org", here)).isInstanceOf(Attempt.Refused.class);
    assertThat(other.begin("b@example.org", here)).isInstanceOf(Attempt.Allowed.class);
    assertThat(redisson.getKeys().getKeys(KeysScanOptions.defaults().pattern(prefix + "*")))
        .as("what was typed is not in Redis")
        .isNotEmpty()
        .noneMatch(key -> key.contains("example"));
    clock.pass(Duration.ofMinutes(1));
    assertThat(other.begin("a@example.org", here)).isInstanceOf(Attempt.Allowed.class);
  }
}
