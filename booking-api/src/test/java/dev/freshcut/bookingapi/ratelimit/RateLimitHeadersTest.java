package dev.freshcut.bookingapi.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitHeadersTest {
  private static final Quota QUOTA = new Quota(20, 200, 1000);

  @Test
  void quotaAndWhatIsLeft() {
    Verdict verdict = new Verdict(true, List.of(3L, 199L, 1000L), Duration.ZERO);

    assertThat(RateLimitHeaders.policy(QUOTA))
        .isEqualTo("\"minute\";q=20;w=60, \"hour\";q=200;w=3600, \"day\";q=1000;w=86400");
    assertThat(RateLimitHeaders.limit(QUOTA, verdict))
        .isEqualTo("\"minute\";r=3;t=51, \"hour\";r=199;t=18, \"day\";r=1000;t=0");
  }

  @ParameterizedTest
  @CsvSource({"PT0.000000001S, 1", "PT1S, 1", "PT1.000000001S, 2", "PT59.2S, 60", "PT3H, 10800"})
  void pauseIsRoundedUp(Duration pause, long seconds) {
    assertThat(RateLimitHeaders.retryAfter(new Verdict(false, List.of(0L), pause)))
        .isEqualTo(seconds);
  }

  @Test
  void quotasAreWrittenAsInTheSettings() {
    assertThat(Quota.valueOf(" 20/200/1000 ")).isEqualTo(QUOTA);
    assertThat(QUOTA.toString()).isEqualTo("20/200/1000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"20", "20/200", "0/1/1", "5/4/10", "5/10/9", "1/1/10000001", "-1/1/1", "a/b/c"})
  void quotasHaveBounds(String text) {
    assertThatThrownBy(() -> Quota.valueOf(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be");
  }
}
