package dev.freshcut.bookingapi.notification;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When customers are reminded, as minutes before the start; and when they are left alone. */
final class Reminders {
  /** So many, at most. */
  static final int MOST = 5;

  /** Minutes: a quarter of an hour. */
  static final int LEAST_MINUTES = 15;

  /** Minutes: thirty days. */
  static final int MOST_MINUTES = 43_200;

  /** A time of day, to the minute. */
  static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

  private Reminders() {}

  /** For the database: the farthest first, each once. */
  static Integer @Nullable [] column(@Nullable Collection<Integer> minutes) {
    return minutes == null
        ? null
        : minutes.stream().distinct().sorted(Comparator.reverseOrder()).toArray(Integer[]::new);
  }

  /** From the database; the farthest first, whoever wrote it. */
  static @Nullable List<Integer> of(@Nullable Array column) throws SQLException {
    return column == null
        ? null
        : Arrays.stream((Integer[]) column.getArray()).sorted(Comparator.reverseOrder()).toList();
  }
}
