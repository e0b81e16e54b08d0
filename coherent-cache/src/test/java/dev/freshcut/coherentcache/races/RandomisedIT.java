package dev.freshcut.coherentcache.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.coherentcache.Snapshot;
import dev.freshcut.coherentcache.SnapshotSource;
import dev.freshcut.embeddedstack.RedisServer;
import dev.freshcut.embeddedstack.TestServers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The invariants I0 to I4 under a random load, while Redis falls back to older states. {@code
 * -Dfreshcut.random.seed} repeats a run's random choices, {@code -Dfreshcut.random.seconds} makes
 * it longer.
 */
class RandomisedIT {
  private static final Duration LENGTH =
      Duration.ofSeconds(Long.getLong("freshcut.random.seconds", 12));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RedisServer redis = TestServers.shared().redis();
  private final long seed = Long.getLong("freshcut.random.seed", new Random().nextLong());

  @Test
  void invariantsHold() throws InterruptedException {
    System.out.printf("races: seed %d, %s%n", seed, LENGTH);
    long end = System.nanoTime() + LENGTH.toNanos();
    try (Workload load = new Workload(seed, UnaryOperator.identity())) {
      load.start();
      do {
        load.fallBack(redis);
      } while (System.nanoTime() < end && load.truth.violations.isEmpty());
      load.drain();

      int cached = load.compareEntries();
      await("all are cached").atMost(PATIENCE).until(() -> load.compareEntries() == load.views());
      assertThat(load.evictAllAgain()).as("I2: removed by a replay of everything").isZero();
      assertThat(load.compareEntries()).isEqualTo(load.views());

      System.out.printf("races: %s, %d entries at the end%n", load.figures(), cached);
      assertThat(load.truth.violations).as("seed " + seed).isEmpty();
    }
  }

  /** The test can fail: a snapshot that claims to contain what was still running is found out. */
  @Test
  void aFloorThatIsTooHighIsFound() throws InterruptedException {
    System.out.printf("races: seed %d, floors too high%n", seed);
    try (Workload load = new Workload(seed, TooHigh::new)) {
      load.start();
      await().atMost(PATIENCE).until(() -> !load.truth.violations.isEmpty());
      load.drain();
      System.out.printf("races: %s; found %s%n", load.figures(), load.truth.violations.element());
    }
  }

  /** Takes every transaction that had begun for one that had ended. */
  private record TooHigh(SnapshotSource honest) implements SnapshotSource {
    @Override
    public <T extends @Nullable Object> Loaded<T> load(Callable<T> loader) throws Exception {
      Loaded<T> loaded = honest.load(loader);
      long next = loaded.snapshot().floor() + 10;
      return new Loaded<>(loaded.value(), Snapshot.parse(next + ":" + next + ":"));
    }

    @Override
    public boolean insideReadWriteTransaction() {
      return honest.insideReadWriteTransaction();
    }
  }
}
