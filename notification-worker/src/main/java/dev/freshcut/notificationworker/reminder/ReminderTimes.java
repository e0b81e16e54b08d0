package dev.freshcut.notificationworker.reminder;

import dev.freshcut.notificationworker.timing.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** When somebody is reminded of what begins at a time. */
final class ReminderTimes {
  /** A reminder that waits for the end of quiet hours comes at least this long before the start. */
  public static final Duration LEAST_NOTICE = Duration.ofMinutes(30);

  private ReminderTimes() {}

  /**
   * The reminders, earliest first. One that falls into quiet hours is sent at their end if that is
   * {@link #LEAST_NOTICE} before the start, else just before they begin. Of several that would come
   * at the same time, the one that was asked for latest remains.
   *
   * @param minutes before the start, each 1 or more
   */
  public static List<Reminder> of(
      Instant startsAt, Collection<Integer> minutes, QuietHours quiet, ZoneId zone) {
    TreeMap<Instant, Reminder> byTime = new TreeMap<>();
    for (int before : minutes.stream().distinct().sorted(Comparator.reverseOrder()).toList()) {
      Instant at = moved(startsAt.minus(Duration.ofMinutes(before)), startsAt, quiet, zone);
      byTime.put(at, new Reminder(before, at));
    }
    return List.copyOf(byTime.values());
  }

  private static Instant moved(Instant due, Instant startsAt, QuietHours quiet, ZoneId zone) {
    Instant end = quiet.endAfter(due, zone);
    return end.equals(due) || !end.plus(LEAST_NOTICE).isAfter(startsAt)
        ? end
        : quiet.lastBefore(due, zone);
  }
}
