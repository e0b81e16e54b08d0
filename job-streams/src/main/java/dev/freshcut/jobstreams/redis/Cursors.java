package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.redisson.api.stream.StreamMessageId;

/** The cursors that scripts give out, when they come back. */
final class Cursors {
  private static final Pattern ENTRY = Pattern.compile("\\d{1,18}-\\d{1,18}");
  private static final Pattern STREAMS =
      Pattern.compile("(?:" + ENTRY + ")?(?:,(?:" + ENTRY + ")?){5}");
  private static final Pattern SCORE = Pattern.compile("\\d{1,18}\\|[!-~]{1,200}");

  private Cursors() {}

  /**
   * A list's cursor; empty for the beginning.
   *
   * @throws IllegalArgumentException if it is not one that {@code list.lua} gave for this state
   */
  static String page(JobState state, @Nullable String cursor) {
    if (cursor == null) {
      return "";
    }
    Pattern form =
        switch (state) {
          case READY, RUNNING -> STREAMS;
          case DEAD -> ENTRY;
          case SCHEDULED, DONE, CANCELLED -> SCORE;
        };
    if (!form.matcher(cursor).matches()) {
      throw new IllegalArgumentException("cursor is not one that a page of these jobs gave");
    }
    return cursor;
  }

  /**
   * What a worker waits beyond.
   *
   * @param ready only the streams that are of interest
   */
  record News(Map<Priority, StreamMessageId> ready, StreamMessageId signal) {}

  /**
   * Reads what {@code take.lua} gave.
   *
   * @throws IllegalArgumentException if it gave no such thing
   */
  static News news(String cursor) {
    Iterator<String> positions = List.of(cursor.split(",", -1)).iterator();
    Map<Priority, StreamMessageId> ready = new EnumMap<>(Priority.class);
    for (Priority priority : Priority.values()) {
      String position = positions.hasNext() ? positions.next() : "";
      if (!position.isEmpty()) {
        ready.put(priority, entry(position));
      }
    }
    News news = new News(ready, entry(positions.hasNext() ? positions.next() : ""));
    if (positions.hasNext()) {
      throw new IllegalArgumentException("cursor is not one that a take gave");
    }
    return news;
  }

  private static StreamMessageId entry(String id) {
    if (!ENTRY.matcher(id).matches()) {
      throw new IllegalArgumentException("cursor is not one that a take gave");
    }
    int dash = id.indexOf('-');
    return new StreamMessageId(
        Long.parseLong(id.substring(0, dash)), Long.parseLong(id.substring(dash + 1)));
  }
}
