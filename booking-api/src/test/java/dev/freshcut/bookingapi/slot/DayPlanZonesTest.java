package dev.freshcut.bookingapi.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Days of real zones, each a row: zone, date, hours, service (minutes before + of + after, every
 * step), what is taken, when the barber is away, and the starts that must come out, as wall-clock
 * time with offset.
 */
class DayPlanZonesTest {
  @ParameterizedTest(name = "{0} {1} {2} {3} taken {4} away {5}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // Usual days.
        "Europe/Paris|2026-11-20|09:00-11:00|0+30+0/30|-|-|09:00+01:00 09:30+01:00 10:00+01:00 10:30+01:00",
        "Europe/Paris|2026-07-14|09:00-10:00|0+30+0/30|-|-|09:00+02:00 09:30+02:00",
        "America/New_York|2026-01-15|09:00-10:30|0+45+0/15|-|-|09:00-05:00 09:15-05:00 09:30-05:00 09:45-05:00",
        "Asia/Kathmandu|2026-06-01|10:00-11:00|0+20+0/20|-|-|10:00+05:45 10:20+05:45 10:40+05:45",
        "America/Sao_Paulo|2026-11-01|08:00-09:30|0+30+0/30|-|-|08:00-03:00 08:30-03:00 09:00-03:00",
        "Australia/Lord_Howe|2026-06-15|09:00-10:00|0+30+0/30|-|-|09:00+10:30 09:30+10:30",
        "Australia/Lord_Howe|2026-12-15|09:00-10:00|0+30+0/30|-|-|09:00+11:00 09:30+11:00",
        // The step does not depend on the duration; buffers keep clear of others only.
        "Europe/Paris|2026-11-20|09:00-10:00|0+20+0/15|-|-|09:00+01:00 09:15+01:00 09:30+01:00",
        "Europe/Paris|2026-11-20|09:00-10:00|15+30+15/30|-|-|09:00+01:00 09:30+01:00",
        "Europe/Paris|2026-11-20|09:00-12:00|10+30+10/30|10:00+01:00/10:30+01:00|-|09:00+01:00 11:00+01:00 11:30+01:00",
        "Asia/Kathmandu|2026-06-01|10:00-12:00|0+30+0/30|10:15+05:45/10:45+05:45|-|11:00+05:45 11:30+05:45",
        // Breaks: hours are several; hours that touch are one.
        "Europe/Paris|2026-11-20|09:00-10:00 14:00-15:00|0+60+0/30|-|-|09:00+01:00 14:00+01:00",
        "Europe/Paris|2026-11-20|09:00-10:00 10:00-11:00|0+90+0/30|-|-|09:00+01:00 09:30+01:00",
        // Away: the service keeps clear, its buffers need not, and the steps go on as before.
        "Europe/Paris|2026-11-20|09:00-12:00|0+30+0/30|-|09:40+01:00/10:40+01:00|09:00+01:00 11:00+01:00 11:30+01:00",
        "Europe/Paris|2026-11-20|09:00-11:00|0+30+20/30|-|10:00+01:00/12:00+01:00|09:00+01:00 09:30+01:00",
        "America/Sao_Paulo|2026-11-01|08:00-10:00|0+30+0/30|-|00:00-03:00/23:00-03:00|-",
        // Gaps: the hour that is missing, and bounds inside it.
        "Europe/Paris|2026-03-29|01:00-04:00|0+30+0/30|-|-|01:00+01:00 01:30+01:00 03:00+02:00 03:30+02:00",
        "Europe/Paris|2026-03-29|01:30-03:30|0+60+0/30|-|-|01:30+01:00",
        "Europe/Paris|2026-03-29|02:15-04:00|0+30+0/30|-|-|03:00+02:00 03:30+02:00",
        "Europe/Paris|2026-03-29|00:00-02:45|0+60+0/60|-|-|00:00+01:00 01:00+01:00",
        "America/New_York|2026-03-08|01:00-04:00|0+30+0/30|-|-|01:00-05:00 01:30-05:00 03:00-04:00 03:30-04:00",
        "America/New_York|2026-03-08|09:00-10:00|0+30+0/30|-|-|09:00-04:00 09:30-04:00",
        "Australia/Lord_Howe|2026-10-04|01:00-03:30|0+30+0/30|-|-|01:00+10:30 01:30+10:30 02:30+11:00 03:00+11:00",
        "Australia/Lord_Howe|2026-10-04|01:45-03:00|0+15+0/15|-|-|01:45+10:30 02:30+11:00 02:45+11:00",
        // Sao Paulo's last one, at midnight: the day began at 01:00.
        "America/Sao_Paulo|2018-11-04|00:00-02:00|0+30+0/30|-|-|01:00-02:00 01:30-02:00",
        "America/Sao_Paulo|2018-11-04|00:30-01:30|0+30+0/30|-|-|01:00-02:00",
        // Overlaps: the hour that comes twice, and bounds inside it.
        "Europe/Paris|2026-10-25|02:00-03:30|0+30+0/30|-|-|02:00+02:00 02:30+02:00 02:00+01:00 02:30+01:00 03:00+01:00",
        "Europe/Paris|2026-10-25|01:30-02:30|0+30+0/30|-|-|01:30+02:00 02:00+02:00",
        "Europe/Paris|2026-10-25|02:30-04:00|0+90+0/30|-|-|02:30+02:00 02:00+01:00 02:30+01:00",
        "Europe/Paris|2026-10-25|02:00-03:00|0+30+0/30|02:00+01:00/02:30+01:00|-|02:00+02:00 02:30+02:00 02:30+01:00",
        "Europe/Paris|2026-10-25|02:00-03:00|0+30+0/30|-|02:15+02:00/02:15+01:00|02:30+01:00",
        "America/New_York|2026-11-01|01:00-02:30|0+30+0/30|-|-|01:00-04:00 01:30-04:00 01:00-05:00 01:30-05:00 02:00-05:00",
        "Australia/Lord_Howe|2026-04-05|01:00-02:30|0+30+0/30|-|-|01:00+11:00 01:30+11:00 01:30+10:30 02:00+10:30",
        // 2018-02-17 in Sao Paulo had the hour from 23:00 twice: 24:00 is the second one's end.
        "America/Sao_Paulo|2018-02-17|22:30-24:00|0+30+0/30|-|-|22:30-02:00 23:00-02:00 23:30-02:00 23:00-03:00 23:30-03:00",
        // Over midnight: two rows of hours, each with its own day; buffers stay within it, too.
        "Europe/Paris|2026-11-20|22:00-24:00|0+60+0/60|-|-|22:00+01:00 23:00+01:00",
        "Europe/Paris|2026-11-21|00:00-02:00|0+60+0/60|-|-|00:00+01:00 01:00+01:00",
        "Europe/Paris|2026-11-20|22:00-24:00|0+60+10/60|-|-|22:00+01:00",
        "Europe/Paris|2026-11-21|00:00-02:00|10+60+0/60|-|-|01:00+01:00",
        "America/New_York|2026-11-20|23:00-24:00|0+90+0/30|-|-|-",
        "Asia/Kathmandu|2026-06-01|23:15-24:00|0+45+0/15|-|-|23:15+05:45",
      })
  void starts(
      String zone,
      LocalDate date,
      String hours,
      String service,
      @Nullable String taken,
      @Nullable String away,
      @Nullable String expected) {
    ZoneId id = ZoneId.of(zone);
    String[] minutes = service.split("[+/]", -1);
    Terms terms = new Terms(minutes(minutes[1]), minutes(minutes[0]), minutes(minutes[2]));
    DayPlan plan =
        new DayPlan(
            date,
            id,
            Arrays.stream(hours.split(" ", -1)).map(DayPlanZonesTest::hours).toList(),
            ranges(date, away).stream()
                .map(time -> new Absence(Absence.Kind.TIME_OFF, time))
                .toList(),
            ranges(date, taken).stream()
                .map(time -> new Busy(1, 1, time, time.from(), time.until(), "confirmed"))
                .toList());

    List<Instant> starts = ReferenceCase.starts(plan, terms, minutes(minutes[3]));

    assertThat(starts.stream().map(start -> OffsetDateTime.ofInstant(start, id)).toList())
        .isEqualTo(instants(date, expected));
    assertThat(starts).allSatisfy(start -> assertThat(plan.refusal(terms, start)).isEmpty());
  }

  private static List<String> words(@Nullable String text) {
    return text == null ? List.of() : Arrays.asList(text.split(" ", -1));
  }

  private static List<OffsetDateTime> instants(LocalDate date, @Nullable String text) {
    return words(text).stream().map(time -> OffsetDateTime.parse(date + "T" + time)).toList();
  }

  private static List<TimeRange> ranges(LocalDate date, @Nullable String text) {
    List<TimeRange> ranges = new ArrayList<>();
    for (String word : words(text)) {
      String[] bounds = word.split("/", -1);
      ranges.add(
          new TimeRange(
              OffsetDateTime.parse(date + "T" + bounds[0]).toInstant(),
              OffsetDateTime.parse(date + "T" + bounds[1]).toInstant()));
    }
    return ranges;
  }

  private static LocalHours hours(String text) {
    String[] bounds = text.split("-", -1);
    return new LocalHours(minute(bounds[0]), minute(bounds[1]));
  }

  private static int minute(String time) {
    return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
  }

  private static Duration minutes(String text) {
    return Duration.ofMinutes(Integer.parseInt(text));
  }
}
