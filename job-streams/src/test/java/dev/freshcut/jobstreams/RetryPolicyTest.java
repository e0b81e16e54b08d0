package dev.freshcut.jobstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static RetryPolicy policy(double jitter) {
    return new RetryPolicy(10, Duration.ofSeconds(30), Duration.ofMinutes(10), jitter, List.of());
  }

  @ParameterizedTest
  @CsvSource({"1, 30", "2, 60", "3, 120", "5, 480", "6, 600", "100, 600"})
  void waitsDoubleUpToTheLongest(int attempt, int seconds) {
    assertThat(policy(0).wait(attempt, new SplittableRandom(1)))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void aWaitIsNeverLongerThanAnyMayBe() {
    Duration longest = Duration.ofDays(366);
    RetryPolicy policy = new RetryPolicy(2, longest, longest, 1, List.of());
    SplittableRandom random = new SplittableRandom(1);
    assertThat(random.ints(100).mapToObj(i -> policy.wait(1, random)))
        .allMatch(wait -> wait.compareTo(longest) <= 0);
  }

  @Test
  void jitterVariesThemWithinItsShare() {
    SplittableRandom random = new SplittableRandom(1);
    List<Duration> waits =
        random.ints(1_000).mapToObj(i -> policy(0.2).wait(1, random)).sorted().toList();
    assertThat(waits.getFirst()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(25));
    assertThat(waits.getLast()).isBetween(Duration.ofSeconds(35), Duration.ofSeconds(36));
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT1S, PT1S, 0",
    "101, PT1S, PT1S, 0",
    "1, PT0S, PT1S, 0",
    "1, PT2S, PT1S, 0",
    "1, PT1S, P367D, 0",
    "1, PT1S, PT1S, -0.1",
    "1, PT1S, PT1S, 1.1",
    "1, PT1S, PT1S, NaN",
  })
  void bounds(int attempts, Duration first, Duration longest, double jitter) {
    assertThatThrownBy(() -> new RetryPolicy(attempts, first, longest, jitter, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"-PT1S", "P367D", "PT9000000000000H"})
  void aHandlersOwnWaitIsBoundedToo(Duration after) {
    assertThatThrownBy(() -> new Outcome.Retry("later", after))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("366 days");
  }
}
