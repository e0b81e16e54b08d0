package dev.freshcut.notificationworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutagesTest {
  private Instant now = Instant.parse("2026-06-01T10:00:00Z");
  private final Outages outages =
      new Outages(
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          },
          Duration.ofMinutes(5));

  @Test
  void pausesGrowUpToFiveMinutes() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Duration pause = outages.failed();
      pauses.add(pause.toSeconds());
      now = now.plus(pause);
    }
    assertThat(pauses).containsExactly(15L, 30L, 60L, 120L, 240L, 300L, 300L);
  }

  @Test
  void whatFailsSideBySideIsOneFailure() {
    assertThat(outages.failed()).isEqualTo(Duration.ofSeconds(15));
    now = now.plusSeconds(5);
    assertThat(outages.failed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    now = now.plusSeconds(11);
    assertThat(outages.failed()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void anAnswerEndsIt() {
    now = now.plus(outages.failed());
    outages.answered();
    assertThat(outages.failed()).isEqualTo(Duration.ofSeconds(15));
  }
}
