package dev.freshcut.jobstreams.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimingTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Firings as local times with their offset. */
  private static List<String> firings(String expression, ZoneId zone, String after, int count) {
    Timing timing = Timing.cron(expression, zone);
    List<String> firings = new ArrayList<>();
    Instant instant = Instant.parse(after);
    for (int i = 0; i < count; i++) {
      instant = timing.next(instant);
      firings.add(instant.atZone(zone).toOffsetDateTime().toString());
    }
    return firings;
  }

  @Test
  void everyCountsFromTheEpochForEverybody() {
    Timing timing = Timing.every(Duration.ofMinutes(15));
    Instant nine = Instant.parse("2026-03-02T09:00:00Z");
    assertThat(timing.next(nine)).isEqualTo(Instant.parse("2026-03-02T09:15:00Z"));
    assertThat(timing.next(nine.minusMillis(1))).isEqualTo(nine);
    assertThat(timing.latest(nine, nine.plusSeconds(3_000)))
        .contains(Instant.parse("2026-03-02T09:45:00Z"));
    assertThat(timing.latest(nine, nine.plusSeconds(899))).isEmpty();
  }

  @Test
  void cronOnAnOrdinaryDay() {
    assertThat(firings("30 9 * * 1-5", BERLIN, "2026-03-06T08:00:00Z", 2))
        .containsExactly("2026-03-06T09:30+01:00", "2026-03-09T09:30+01:00");
  }

  @Test
  void whatFallsIntoTheGapFiresOnceAtItsEnd() {
    assertThat(firings("0,30 2 * * *", BERLIN, "2026-03-28T01:30:00Z", 3))
        .containsExactly(
            "2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00", "2026-03-30T02:30+02:00");
    assertThat(firings("30 2,3 * * *", BERLIN, "2026-03-28T12:00:00Z", 3))
        .containsExactly(
            "2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00");
  }

  @Test
  void aFixedHourThatComesTwiceFiresTheFirstTime() {
    assertThat(firings("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    assertThat(firings("30 2 * * *", BERLIN, "2026-10-25T01:10:00Z", 1))
        .as("asked within the second of the two hours")
        .containsExactly("2026-10-26T02:30+01:00");
  }

  @Test
  void everyHourMeansEveryHour() {
    assertThat(firings("15 * * * *", BERLIN, "2026-10-24T23:30:00Z", 4))
        .containsExactly(
            "2026-10-25T02:15+02:00",
            "2026-10-25T02:15+01:00",
            "2026-10-25T03:15+01:00",
            "2026-10-25T04:15+01:00");
    assertThat(firings("15 * * * *", BERLIN, "2026-03-28T23:30:00Z", 3))
        .containsExactly(
            "2026-03-29T01:15+01:00", "2026-03-29T03:15+02:00", "2026-03-29T04:15+02:00");
  }

  @Test
  void aClockThatChangesByHalfAnHour() {
    ZoneId island = ZoneId.of("Australia/Lord_Howe");
    assertThat(firings("*/30 * * * *", island, "2026-04-04T14:20:00Z", 4))
        .containsExactly(
            "2026-04-05T01:30+11:00",
            "2026-04-05T01:30+10:30",
            "2026-04-05T02:00+10:30",
            "2026-04-05T02:30+10:30");
    assertThat(firings("15 2 * * *", island, "2026-10-03T10:00:00Z", 2))
        .containsExactly("2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00");
  }

  @Test
  void leapDaysAreFoundAcrossYears() {
    assertThat(firings("0 12 29 2 *", BERLIN, "2026-03-02T00:00:00Z", 2))
        .containsExactly("2028-02-29T12:00+01:00", "2032-02-29T12:00+01:00");
  }

  @ParameterizedTest
  @CsvSource({
    "*/5 * * * *, 2026-03-02T09:01:00Z, 2026-03-02T09:04:00Z, ",
    "*/5 * * * *, 2026-03-01T09:01:00Z, 2026-03-02T09:04:00Z, 2026-03-02T09:00:00Z",
    "0 3 * * *, 2026-02-20T09:00:00Z, 2026-03-02T09:00:00Z, 2026-03-02T02:00:00Z",
    "0 3 1 1 *, 2024-05-01T00:00:00Z, 2026-03-02T09:00:00Z, 2026-01-01T02:00:00Z",
    "0 3 1 1 *, 2026-05-01T00:00:00Z, 2026-06-02T09:00:00Z, ",
  })
  void latestOfWhatWasMissed(String expression, Instant after, Instant until, Instant latest) {
    assertThat(Timing.cron(expression, BERLIN).latest(after, until).orElse(null)).isEqualTo(latest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "* * * *", "0 0 30 2 *", "61 * * * *", "0 0 * * * *", "@never"})
  void whatIsNoExpressionIsRefused(String expression) {
    assertThatThrownBy(() -> Timing.cron(expression, BERLIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + expression + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.5S", "PT1.5S", "-PT1S", "PT8785H"})
  void intervalsAreBounded(Duration interval) {
    assertThatThrownBy(() -> Timing.every(interval))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("interval is " + interval);
  }
}
