package dev.freshcut.notificationworker.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuietHoursTest {
  private static final List<String> ZONES =
      List.of(
          "Europe/Paris",
          "Europe/London",
          "America/New_York",
          "America/Sao_Paulo",
          "America/St_Johns",
          "Australia/Lord_Howe", // by half an hour
          "Africa/Casablanca",
          "Asia/Kathmandu",
          "Pacific/Apia",
          "Antarctica/Troll", // by two hours
          "UTC");

  @ParameterizedTest
  @CsvSource({
    "21:00, 08:00, 20:59, false",
    "21:00, 08:00, 21:00, true",
    "21:00, 08:00, 00:00, true",
    "21:00, 08:00, 07:59:59, true",
    "21:00, 08:00, 08:00, false",
    "13:00, 14:00, 13:30, true",
    "13:00, 14:00, 14:00, false",
    "13:00, 14:00, 00:00, false",
    "09:00, 09:00, 09:00, false",
  })
  void fromIsQuietAndUntilIsNot(LocalTime from, LocalTime until, LocalTime time, boolean isQuiet) {
    assertThat(new QuietHours(from, until).contains(time)).isEqualTo(isQuiet);
  }

  @ParameterizedTest
  @CsvSource({
    // An evening, a night and a morning, in winter.
    "2026-01-15T21:30:00Z, 2026-01-16T07:00:00Z, 2026-01-15T19:59:00Z",
    "2026-01-15T03:00:00Z, 2026-01-15T07:00:00Z, 2026-01-14T19:59:00Z",
    "2026-01-15T12:00:00Z, 2026-01-15T12:00:00Z, 2026-01-15T12:00:00Z",
    // The night in which clocks are put forward is an hour shorter.
    "2026-03-28T22:00:00Z, 2026-03-29T06:00:00Z, 2026-03-28T19:59:00Z",
    // That in which they are put back is an hour longer.
    "2026-10-24T22:00:00Z, 2026-10-25T07:00:00Z, 2026-10-24T18:59:00Z",
  })
  void endAndBeginningInParis(Instant at, Instant end, Instant before) {
    ZoneId paris = ZoneId.of("Europe/Paris");
    assertThat(Samples.NIGHT.endAfter(at, paris)).isEqualTo(end);
    assertThat(Samples.NIGHT.lastBefore(at, paris)).isEqualTo(before);
  }

  /** Against looking at every minute; hours that end when clocks change are what differs. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void endAndBeginningAreTheNextMinutesThatAreNotQuiet(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      QuietHours quiet = new QuietHours(minute(random), minute(random));
      Instant at = near(random, zone);
      Instant end = quiet.endAfter(at, zone);
      Instant before = quiet.lastBefore(at, zone);
      String what = "seed %d: %s in %s at %s".formatted(seed, quiet, zone, at);
      assertThat(quiet.contains(end, zone)).as(what).isFalse();
      assertThat(quiet.contains(before, zone)).as(what).isFalse();
      if (!quiet.contains(at, zone)) {
        assertThat(end).as(what).isEqualTo(at);
        assertThat(before).as(what).isEqualTo(at);
        continue;
      }
      assertThat(end).as(what).isAfter(at);
      assertThat(before).as(what).isBefore(at);
      Instant first = at;
      while (quiet.contains(first, zone)) {
        first = first.plusSeconds(60);
      }
      // Where hours come twice, the second time is waited for; a short time in between is no end.
      boolean mostlyAwake =
          Math.floorMod(Duration.between(quiet.from(), quiet.until()).toHours(), 24) < 18;
      if (mostlyAwake) {
        assertThat(Duration.between(first, end)).as(what).isBetween(minutes(0), minutes(121));
      }
      Instant last = at;
      while (quiet.contains(last, zone)) {
        last = last.minusSeconds(60);
      }
      if (mostlyAwake) {
        assertThat(Duration.between(before, last)).as(what).isBetween(minutes(0), minutes(122));
      }
      if (!changesWithin(zone, at)) {
        assertThat(end).as(what).isEqualTo(first);
        assertThat(before).as(what).isEqualTo(last);
      }
    }
  }

  private static boolean changesWithin(ZoneId zone, Instant at) {
    Duration day = Duration.ofHours(30);
    var next = zone.getRules().nextTransition(at.minus(day));
    return next != null && next.getInstant().isBefore(at.plus(day));
  }

  private static Duration minutes(int number) {
    return Duration.ofMinutes(number);
  }

  private static LocalTime minute(Random random) {
    return LocalTime.of(random.nextInt(24), random.nextInt(4) * 15);
  }

  /** Half of them around a change of the clocks. */
  private static Instant near(Random random, ZoneId zone) {
    Instant day =
        LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365)).atStartOfDay(zone).toInstant();
    var change = zone.getRules().nextTransition(day);
    Instant base = random.nextBoolean() || change == null ? day : change.getInstant();
    return base.plusSeconds(60L * (random.nextInt(2_880) - 1_440));
  }
}
