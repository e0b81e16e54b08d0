package dev.freshcut.bookingapi.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class WorkingDayTest {
  private static final Duration STEP = Duration.ofMinutes(30);
  private static final Terms HALF_HOUR = terms(30, 0, 0);

  @Test
  void startsEveryStepAsLongAsTheServiceFits() {
    Zoned day = day("Europe/Paris", "2026-11-20", hours("09:00", "11:00"));

    assertThat(starts(day, terms(45, 0, 0)))
        .containsExactly(
            "2026-11-20T09:00+01:00", "2026-11-20T09:30+01:00", "2026-11-20T10:00+01:00");
  }

  @Test
  void stepsBeginAtEachOfTheHours() {
    Zoned day = day("Europe/Paris", "2026-11-20", hours("09:10", "10:10"), hours("13:00", "14:00"));

    assertThat(starts(day, HALF_HOUR))
        .containsExactly(
            "2026-11-20T09:10+01:00",
            "2026-11-20T09:40+01:00",
            "2026-11-20T13:00+01:00",
            "2026-11-20T13:30+01:00");
  }

  @Test
  void serviceMayRunFromOneOfTouchingHoursIntoTheNext() {
    Zoned day = day("Europe/Paris", "2026-11-20", hours("10:00", "11:00"), hours("09:00", "10:00"));

    assertThat(starts(day, terms(60, 0, 0)))
        .containsExactly(
            "2026-11-20T09:00+01:00", "2026-11-20T09:30+01:00", "2026-11-20T10:00+01:00");
  }

  @Test
  void buffersKeepClearOfOthersButNotOfTheHoursEnd() {
    Zoned day = day("Europe/Paris", "2026-11-20", hours("09:00", "12:00"));
    TimeRange taken = range("2026-11-20T09:00:00Z", "2026-11-20T09:30:00Z"); // 10:00 to 10:30

    assertThat(starts(day, terms(30, 0, 10), taken))
        .containsExactly(
            "2026-11-20T09:00+01:00", "2026-11-20T10:30+01:00",
            "2026-11-20T11:00+01:00", "2026-11-20T11:30+01:00");
    assertThat(starts(day, terms(30, 10, 0), taken))
        .containsExactly(
            "2026-11-20T09:00+01:00", "2026-11-20T09:30+01:00",
            "2026-11-20T11:00+01:00", "2026-11-20T11:30+01:00");
  }

  @Test
  void touchingAppointmentsDoNotOverlap() {
    Zoned day = day("Europe/Paris", "2026-11-20", hours("09:00", "10:30"));

    assertThat(starts(day, HALF_HOUR, range("2026-11-20T08:30:00Z", "2026-11-20T09:00:00Z")))
        .containsExactly("2026-11-20T09:00+01:00", "2026-11-20T10:00+01:00");
  }

  @Test
  void workUntilMidnightHasSlotsUntilMidnight() {
    Zoned day = day("Europe/Paris", "2026-11-20", hours("23:00", "24:00"));

    assertThat(starts(day, HALF_HOUR))
        .containsExactly("2026-11-20T23:00+01:00", "2026-11-20T23:30+01:00");
    assertThat(starts(day, terms(30, 0, 10))).containsExactly("2026-11-20T23:00+01:00");
  }

  @Test
  void workFromMidnightHasNoRoomForABufferBefore() {
    Zoned day = day("Europe/Paris", "2026-11-20", hours("00:00", "01:00"));

    assertThat(starts(day, terms(30, 5, 0))).containsExactly("2026-11-20T00:30+01:00");
  }

  @Test
  void gapOfAnHourShortensTheDay() {
    Zoned paris = day("Europe/Paris", "2026-03-29", hours("01:00", "04:00"));
    Zoned newYork = day("America/New_York", "2026-03-08", hours("01:00", "04:00"));

    assertThat(starts(paris, HALF_HOUR))
        .containsExactly(
            "2026-03-29T01:00+01:00",
            "2026-03-29T01:30+01:00",
            "2026-03-29T03:00+02:00",
            "2026-03-29T03:30+02:00");
    assertThat(starts(newYork, HALF_HOUR))
        .containsExactly(
            "2026-03-08T01:00-05:00",
            "2026-03-08T01:30-05:00",
            "2026-03-08T03:00-04:00",
            "2026-03-08T03:30-04:00");
  }

  @Test
  void boundsInsideTheGapAreTheJump() {
    assertThat(starts(day("Europe/Paris", "2026-03-29", hours("02:30", "04:00")), HALF_HOUR))
        .containsExactly("2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00");
    assertThat(starts(day("Europe/Paris", "2026-03-29", hours("01:00", "02:30")), HALF_HOUR))
        .containsExactly("2026-03-29T01:00+01:00", "2026-03-29T01:30+01:00");
    assertThat(starts(day("Europe/Paris", "2026-03-29", hours("02:00", "03:00")), HALF_HOUR))
        .isEmpty();
  }

  @Test
  void overlapOfAnHourLengthensTheDay() {
    Zoned paris = day("Europe/Paris", "2026-10-25", hours("02:00", "03:30"));
    Zoned newYork = day("America/New_York", "2026-11-01", hours("01:00", "02:30"));

    assertThat(starts(paris, HALF_HOUR))
        .containsExactly(
            "2026-10-25T02:00+02:00",
            "2026-10-25T02:30+02:00",
            "2026-10-25T02:00+01:00",
            "2026-10-25T02:30+01:00",
            "2026-10-25T03:00+01:00");
    assertThat(starts(newYork, HALF_HOUR))
        .containsExactly(
            "2026-11-01T01:00-04:00",
            "2026-11-01T01:30-04:00",
            "2026-11-01T01:00-05:00",
            "2026-11-01T01:30-05:00",
            "2026-11-01T02:00-05:00");
  }

  @Test
  void boundsInsideTheOverlapAreTheFirstTime() {
    assertThat(starts(day("Europe/Paris", "2026-10-25", hours("01:30", "02:30")), HALF_HOUR))
        .containsExactly("2026-10-25T01:30+02:00", "2026-10-25T02:00+02:00");
  }

  @Test
  void lordHoweShiftsByHalfAnHour() {
    Zoned gap = day("Australia/Lord_Howe", "2026-10-04", hours("01:00", "03:30"));
    Zoned overlap = day("Australia/Lord_Howe", "2026-04-05", hours("01:00", "02:30"));

    assertThat(starts(gap, HALF_HOUR))
        .containsExactly(
            "2026-10-04T01:00+10:30",
            "2026-10-04T01:30+10:30",
            "2026-10-04T02:30+11:00",
            "2026-10-04T03:00+11:00");
    assertThat(starts(overlap, HALF_HOUR))
        .containsExactly(
            "2026-04-05T01:00+11:00",
            "2026-04-05T01:30+11:00",
            "2026-04-05T01:30+10:30",
            "2026-04-05T02:00+10:30");
  }

  @Test
  void midnightItselfCanBeMissingOrComeTwice() {
    // Cairo: 00:00 is followed by 01:00 in spring; in autumn 24:00 is followed by 23:00.
    assertThat(starts(day("Africa/Cairo", "2026-04-24", hours("00:00", "02:00")), HALF_HOUR))
        .containsExactly("2026-04-24T01:00+03:00", "2026-04-24T01:30+03:00");
    assertThat(starts(day("Africa/Cairo", "2026-10-29", hours("22:30", "24:00")), HALF_HOUR))
        .containsExactly(
            "2026-10-29T22:30+03:00",
            "2026-10-29T23:00+03:00",
            "2026-10-29T23:30+03:00",
            "2026-10-29T23:00+02:00",
            "2026-10-29T23:30+02:00");
  }

  @Test
  void skippedDayHasNoSlots() {
    assertThat(starts(day("Pacific/Apia", "2011-12-30", hours("09:00", "17:00")), HALF_HOUR))
        .isEmpty();
  }

  /** Every minute that a start is offered belongs to the date, and days do not overlap. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Paris",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Cairo",
        "America/Havana",
        "America/Santiago",
        "Pacific/Chatham",
        "Asia/Kathmandu"
      })
  void daysAreDisjointAndLeaveNothingOut(String zone) {
    Instant end = null;
    for (LocalDate date = LocalDate.of(2026, 1, 1);
        date.isBefore(LocalDate.of(2027, 1, 1));
        date = date.plusDays(1)) {
      WorkingDay day =
          WorkingDay.of(
              date, ZoneId.of(zone), List.of(hours("00:00", "24:00")), List.of(), List.of());
      List<Instant> starts =
          Arrays.stream(day.starts(terms(5, 0, 0), Duration.ofMinutes(5)))
              .mapToObj(Instant::ofEpochSecond)
              .toList();

      if (end != null) {
        assertThat(starts.getFirst()).as(zone + " " + date).isEqualTo(end);
      }
      for (int i = 1; i < starts.size(); i++) {
        assertThat(Duration.between(starts.get(i - 1), starts.get(i)))
            .isEqualTo(Duration.ofMinutes(5));
      }
      end = starts.getLast().plus(Duration.ofMinutes(5));
    }
  }

  private static Terms terms(int duration, int before, int after) {
    return new Terms(
        Duration.ofMinutes(duration), Duration.ofMinutes(before), Duration.ofMinutes(after));
  }

  private static LocalHours hours(String opens, String closes) {
    return new LocalHours(minute(opens), minute(closes));
  }

  private static int minute(String time) {
    String[] parts = time.split(":", -1);
    return Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
  }

  private static TimeRange range(String from, String until) {
    return new TimeRange(Instant.parse(from), Instant.parse(until));
  }

  @Test
  void partsOfSecondsNeverMakeTimeFree() {
    WorkingDay day =
        WorkingDay.of(
            LocalDate.parse("2026-11-20"),
            ZoneId.of("Europe/Paris"),
            List.of(hours("09:00", "10:30")),
            List.of(range("2026-11-20T09:29:59.999Z", "2026-11-20T09:30:00Z")),
            List.of(range("2026-11-20T08:00:00.001Z", "2026-11-20T08:30:00.001Z")));

    assertThat(day.starts(terms(15, 0, 0), Duration.ofMinutes(15)))
        .containsExactly(seconds("2026-11-20T08:45:00Z"), seconds("2026-11-20T09:00:00Z"));
    assertThat(
            day.starts(
                new Terms(Duration.ofMillis(2_699_001), Duration.ZERO, Duration.ZERO),
                Duration.ofMinutes(15)))
        .as("of 44 minutes, 59 seconds and one millisecond, from 8:45 on")
        .isEmpty();
  }

  @Test
  void comesBackFromJson() {
    WorkingDay day =
        WorkingDay.of(
            LocalDate.parse("2026-11-20"),
            ZoneId.of("Europe/Paris"),
            List.of(hours("09:00", "12:00")),
            List.of(range("2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z")),
            List.of(range("2026-11-20T10:00:00Z", "2026-11-20T10:30:00Z")));

    JsonMapper json = JsonMapper.shared();
    assertThat(json.readValue(json.writeValueAsBytes(day), WorkingDay.class))
        .usingRecursiveComparison()
        .isEqualTo(day);
  }

  private static long seconds(String instant) {
    return Instant.parse(instant).getEpochSecond();
  }

  /** What a day is made of, and the zone in which the test reads its starts. */
  private record Zoned(LocalDate date, ZoneId zone, List<LocalHours> hours) {}

  private static Zoned day(String zone, String date, LocalHours... hours) {
    return new Zoned(LocalDate.parse(date), ZoneId.of(zone), Arrays.asList(hours));
  }

  private static List<String> starts(Zoned day, Terms terms, TimeRange... taken) {
    return Arrays.stream(
            WorkingDay.of(day.date, day.zone, day.hours, List.of(), Arrays.asList(taken))
                .starts(terms, STEP))
        .mapToObj(start -> Instant.ofEpochSecond(start).atZone(day.zone).toOffsetDateTime())
        .map(Object::toString)
        .toList();
  }
}
