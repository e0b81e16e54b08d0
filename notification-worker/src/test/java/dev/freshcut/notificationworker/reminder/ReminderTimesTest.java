package dev.freshcut.notificationworker.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.Samples;
import dev.freshcut.notificationworker.timing.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReminderTimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    // At noon: as asked for.
    "2026-06-10T10:00:00Z, 2026-06-09T10:00:00Z, 2026-06-10T08:00:00Z",
    // At half past eight: two hours before is quiet, and eight o'clock is half an hour before.
    "2026-06-10T06:30:00Z, 2026-06-09T06:30:00Z, 2026-06-10T06:00:00Z",
    // At twenty past eight: the evening before.
    "2026-06-10T06:20:00Z, 2026-06-09T06:20:00Z, 2026-06-09T18:59:00Z",
    // At ten in the evening: a day before waits for the morning.
    "2026-06-10T20:00:00Z, 2026-06-10T06:00:00Z, 2026-06-10T18:00:00Z",
    // The day after clocks were put back: 24 hours before are 24 hours.
    "2026-10-25T11:00:00Z, 2026-10-24T11:00:00Z, 2026-10-25T09:00:00Z",
  })
  void aDayAndTwoHoursBefore(Instant startsAt, Instant first, Instant second) {
    assertThat(ReminderTimes.of(startsAt, List.of(1_440, 120), Samples.NIGHT, BERLIN))
        .containsExactly(new Reminder(1_440, first), new Reminder(120, second));
  }

  @Test
  void ofTwoAtTheSameTimeTheLaterOneRemains() {
    Instant startsAt = Instant.parse("2026-06-10T06:20:00Z");
    assertThat(ReminderTimes.of(startsAt, List.of(180, 120), Samples.NIGHT, BERLIN))
        .containsExactly(new Reminder(120, Instant.parse("2026-06-09T18:59:00Z")));
  }

  @Test
  void withoutQuietHoursAllAreSentAsAskedFor() {
    QuietHours none = new QuietHours(LocalTime.NOON, LocalTime.NOON);
    Instant startsAt = Instant.parse("2026-06-10T01:00:00Z");
    assertThat(ReminderTimes.of(startsAt, List.of(15, 43_200), none, BERLIN))
        .containsExactly(
            new Reminder(43_200, startsAt.minus(Duration.ofDays(30))),
            new Reminder(15, startsAt.minus(Duration.ofMinutes(15))));
  }

  /** Against a reference that looks at every minute, where clocks do not change. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void asTheReferenceSays(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      ZoneId zone = ZoneId.of(random.nextBoolean() ? "Asia/Kathmandu" : "America/Phoenix");
      QuietHours quiet =
          new QuietHours(
              LocalTime.of(random.nextInt(24), 15 * random.nextInt(4)),
              LocalTime.of(random.nextInt(24), 15 * random.nextInt(4)));
      Instant startsAt =
          Instant.ofEpochSecond(1_780_000_000L / 60 * 60 + 60L * random.nextInt(50_000));
      List<Integer> minutes =
          IntStream.range(0, 1 + random.nextInt(5))
              .mapToObj(n -> 15 + random.nextInt(4_000))
              .toList();
      assertThat(ReminderTimes.of(startsAt, minutes, quiet, zone))
          .as("seed %d: %s %s %s %s", seed, startsAt, minutes, quiet, zone)
          .isEqualTo(reference(startsAt, minutes, quiet, zone));
    }
  }

  private static List<Reminder> reference(
      Instant startsAt, List<Integer> minutes, QuietHours quiet, ZoneId zone) {
    TreeMap<Instant, Reminder> found = new TreeMap<>();
    for (int before : minutes) {
      Instant asked = startsAt.minusSeconds(60L * before);
      Instant later = asked;
      while (quiet.contains(later.atZone(zone).toLocalTime())) {
        later = later.plusSeconds(60);
      }
      Instant earlier = asked;
      while (quiet.contains(earlier.atZone(zone).toLocalTime())) {
        earlier = earlier.minusSeconds(60);
      }
      boolean soonEnough =
          later.equals(asked) || Duration.between(later, startsAt).toMinutes() >= 30;
      Instant at = soonEnough ? later : earlier;
      Reminder reminder = new Reminder(before, at);
      found.merge(at, reminder, (a, b) -> a.minutes() < b.minutes() ? a : b);
    }
    return List.copyOf(found.values());
  }
}
