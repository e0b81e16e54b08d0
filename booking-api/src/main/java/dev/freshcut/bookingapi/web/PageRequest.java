package dev.freshcut.bookingapi.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a client wants. A handler gets it as a parameter of this type, from the
 * query's {@code limit} and {@code cursor}.
 *
 * @param limit 1 to 100
 * @param cursor of the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {
  /** Without {@code limit}. */
  public static final int DEFAULT_LIMIT = 20;

  /** More are not asked for at once. */
  public static final int MAX_LIMIT = 100;

  /** Reads rows of a list in its order. */
  @FunctionalInterface
  public interface Rows<T> {
    /**
     * The rows that come after one.
     *
     * @param key of the row before, as it was made for it; null for the first rows
     * @param count at most this many
     */
    List<T> after(@Nullable List<Long> key, int count);
  }

  /**
   * Loads the page. Rows that come and go meanwhile neither repeat nor hide others, as a page
   * begins after a row's key and not at a number.
   *
   * @param list names the list with its order and its filters: a cursor of another is refused
   * @param width how many numbers a key has
   * @param keys a row's place in the order, unique
   * @throws ProblemException if the cursor is not one of this list's
   */
  public <T> Page<T> load(String list, int width, Rows<T> rows, Function<T, List<Long>> keys) {
    List<Long> after = cursor == null ? null : Cursor.parse(cursor, list, width);
    List<T> found = rows.after(after, limit + 1);
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, Cursor.of(list, keys.apply(items.getLast())));
  }
}
