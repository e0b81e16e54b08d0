package dev.freshcut.invalidationworker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void doublesUpToTheLongestWithJitterAndBeginsAnew() {
    long seed = System.nanoTime();
    System.out.println("BackoffTest seed " + seed);
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(500), new Random(seed));
    for (int round = 0; round < 100; round++) {
      for (long most : new long[] {100, 200, 400, 500, 500}) {
        assertThat(backoff.nextMillis()).isBetween(most / 2, most);
      }
      backoff.reset();
    }
  }
}
