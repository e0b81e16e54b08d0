package dev.freshcut.bookingapi.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTimesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T09:00:00+01:00",
        "2026-01-02T03:04:05Z",
        "2026-12-31T23:59:59-12:00",
        "2026-11-22T09:00:00-00:30",
        "2026-11-22T09:00:00+05:45",
        "2026-11-22T09:00:00+00:19:32",
        "2026-11-22T09:00:00.000000001+18:00",
        "2026-11-22T09:00:00.500-18:00",
        "0999-11-22T09:00:00Z",
        "1000-11-22T09:00:00Z",
        "9999-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z"
      })
  void writesWhatTheFormatWrites(String time) {
    assertAsFormatted(OffsetDateTime.parse(time));
  }

  @Test
  void writesEveryOffsetAndAnyTime() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    System.out.println("seed " + seed);
    for (int seconds = -18 * 3600; seconds <= 18 * 3600; seconds += 30) {
      LocalDateTime time =
          LocalDateTime.of(2026, 1, 1, 0, 0).plusSeconds(random.nextLong(-1L << 37, 1L << 37));
      assertAsFormatted(time.atOffset(ZoneOffset.ofTotalSeconds(seconds)));
    }
  }

  private static void assertAsFormatted(OffsetDateTime time) {
    assertThat(OffsetTimes.text(time))
        .isEqualTo(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
  }
}
