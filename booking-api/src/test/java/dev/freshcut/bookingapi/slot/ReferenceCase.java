package dev.freshcut.bookingapi.slot;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one barber's day, and a reference that is slow and obvious: it walks through the
 * day minute by minute, asks of each what the wall clock shows, and notes which minutes are worked,
 * which are free.
 */
record ReferenceCase(
    ZoneId zone,
    LocalDate date,
    List<LocalHours> hours,
    boolean isSpecial,
    @Nullable LocalHours special,
    List<TimeRange> timeOff,
    List<TimeRange> blackouts,
    List<TimeRange> taken,
    Terms terms,
    Duration step,
    Minutes day) {

  private static final List<String> ZONES =
      List.of(
          "Europe/Paris",
          "America/New_York",
          "Australia/Lord_Howe",
          "Asia/Kathmandu",
          "America/Sao_Paulo",
          "Africa/Cairo",
          "America/Havana");

  /**
   * The minutes of a date.
   *
   * @param highest what the clock has shown at most up to each of them, in minutes of the day
   */
  record Minutes(List<Instant> minutes, List<Integer> highest) {
    static Minutes of(LocalDate date, ZoneId zone) {
      List<Instant> minutes = new ArrayList<>();
      List<Integer> highest = new ArrayList<>();
      Instant first = date.minusDays(1).atStartOfDay(zone).toInstant();
      for (int i = 0; i < 60 * 60; i++) {
        LocalDateTime local = LocalDateTime.ofInstant(first.plusSeconds(60L * i), zone);
        if (local.toLocalDate().equals(date)) {
          int shown = local.getHour() * 60 + local.getMinute();
          minutes.add(first.plusSeconds(60L * i));
          highest.add(Math.max(shown, highest.isEmpty() ? 0 : highest.getLast()));
        }
      }
      return new Minutes(minutes, highest);
    }
  }

  static ReferenceCase random(Random random) {
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    LocalDate date = LocalDate.of(2015, 1, 1).plusDays(random.nextInt(12 * 365));
    var next = zone.getRules().nextTransition(date.atStartOfDay(zone).toInstant());
    if (next != null && random.nextInt(3) > 0) {
      date = LocalDate.ofInstant(next.getInstant(), zone).minusDays(random.nextInt(2));
    }
    Instant begin = date.atStartOfDay(zone).toInstant();
    return new ReferenceCase(
        zone,
        date,
        hours(random),
        random.nextInt(4) == 0,
        random.nextBoolean()
            ? null
            : new LocalHours(random.nextInt(600), 700 + random.nextInt(741)),
        ranges(random, begin, 2, 3000),
        ranges(random, begin, 2, 600),
        ranges(random, begin, 6, 120),
        new Terms(
            Duration.ofMinutes(5L * (1 + random.nextInt(24))),
            Duration.ofMinutes(5L * random.nextInt(4)),
            Duration.ofMinutes(5L * random.nextInt(4))),
        Duration.ofMinutes(5L * (1 + random.nextInt(12))),
        Minutes.of(date, zone));
  }

  /** Some that do not overlap; some touch, some reach midnight. */
  private static List<LocalHours> hours(Random random) {
    TreeSet<Integer> bounds = new TreeSet<>();
    int many = 2 * (1 + random.nextInt(3));
    while (bounds.size() < many) {
      bounds.add(random.nextInt(8) == 0 ? random.nextInt(2) * 1440 : 5 * random.nextInt(289));
    }
    List<Integer> sorted = List.copyOf(bounds);
    List<LocalHours> hours = new ArrayList<>();
    boolean touching = random.nextBoolean();
    for (int i = 0; i + 1 < many; i += touching ? 1 : 2) {
      hours.add(new LocalHours(sorted.get(i), sorted.get(i + 1)));
    }
    return hours;
  }

  private static List<TimeRange> ranges(Random random, Instant begin, int most, int longest) {
    List<TimeRange> ranges = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      Instant from = begin.plus(Duration.ofMinutes(random.nextInt(3000) - 1500));
      ranges.add(new TimeRange(from, from.plus(Duration.ofMinutes(1 + random.nextInt(longest)))));
    }
    return ranges;
  }

  /** The same with other appointments. */
  ReferenceCase with(List<TimeRange> others) {
    return new ReferenceCase(
        zone, date, hours, isSpecial, special, timeOff, blackouts, others, terms, step, day);
  }

  Calendar calendar() {
    Map<LocalDate, @Nullable LocalHours> specials = new HashMap<>();
    if (isSpecial) {
      specials.put(date, special);
    }
    return new Calendar(
        zone,
        new TreeSet<>(List.of(date)),
        new TreeSet<>(List.of(1L)),
        Map.of(1L, Map.<DayOfWeek, List<LocalHours>>of(date.getDayOfWeek(), hours)),
        specials,
        Map.of(1L, timeOff),
        blackouts,
        Map.of(
            1L,
            Map.of(
                date,
                taken.stream()
                    .map(t -> new Busy(1, 1, t, t.from(), t.until(), "confirmed"))
                    .toList())));
  }

  /** The reference: every step from the first minute of each of the hours. */
  List<Instant> starts() {
    List<Instant> starts = new ArrayList<>();
    for (LocalHours range : effective()) {
      List<Instant> worked = day.minutes().stream().filter(minute -> shows(minute, range)).toList();
      if (worked.isEmpty()) {
        continue;
      }
      for (int i = 0; i < worked.size(); i += (int) step.toMinutes()) {
        if (isFree(worked.get(i))) {
          starts.add(worked.get(i));
        }
      }
    }
    return starts.stream().sorted().toList();
  }

  /** Whether each minute of the service is worked, and each with its buffers free. */
  boolean isFree(Instant start) {
    TimeRange service = terms.service(start);
    TimeRange whole = terms.busy(start);
    return each(service).stream()
            .allMatch(
                minute ->
                    effective().stream().anyMatch(range -> shows(minute, range))
                        && !within(minute, timeOff)
                        && !within(minute, blackouts))
        && each(whole).stream()
            .allMatch(
                minute -> LocalDate.ofInstant(minute, zone).equals(date) && !within(minute, taken));
  }

  private List<LocalHours> effective() {
    if (!isSpecial) {
      return hours.stream().sorted(Comparator.comparingInt(LocalHours::opensMinute)).toList();
    }
    return special == null
        ? List.of()
        : hours.stream()
            .filter(
                range ->
                    range.opensMinute() < special.closesMinute()
                        && special.opensMinute() < range.closesMinute())
            .map(
                range ->
                    new LocalHours(
                        Math.max(range.opensMinute(), special.opensMinute()),
                        Math.min(range.closesMinute(), special.closesMinute())))
            .toList();
  }

  /**
   * Whether a minute is worked: from the first time that the clock shows the opening time or has
   * passed it, to the first time that it shows the closing time or has passed it.
   */
  private boolean shows(Instant minute, LocalHours range) {
    return reached(minute, range.opensMinute()) && !reached(minute, range.closesMinute());
  }

  private boolean reached(Instant minute, int wanted) {
    int index = (int) Duration.between(day.minutes().getFirst(), minute).toMinutes();
    return index >= 0 && (index >= day.minutes().size() || day.highest().get(index) >= wanted);
  }

  private static List<Instant> each(TimeRange range) {
    List<Instant> minutes = new ArrayList<>();
    for (Instant each = range.from();
        each.isBefore(range.until());
        each = each.plus(1, ChronoUnit.MINUTES)) {
      minutes.add(each);
    }
    return minutes;
  }

  private static boolean within(Instant minute, List<TimeRange> ranges) {
    return ranges.stream()
        .anyMatch(range -> !minute.isBefore(range.from()) && minute.isBefore(range.until()));
  }

  /** What the search finds. */
  static List<Instant> starts(DayPlan plan, Terms terms, Duration step) {
    return Arrays.stream(plan.day().starts(terms, step)).mapToObj(Instant::ofEpochSecond).toList();
  }

  List<Instant> someMinutes(Random random) {
    Instant begin = date.atStartOfDay(zone).toInstant();
    List<Instant> some = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      some.add(begin.plus(Duration.ofMinutes(random.nextInt(1600) - 60)));
    }
    return some;
  }
}
