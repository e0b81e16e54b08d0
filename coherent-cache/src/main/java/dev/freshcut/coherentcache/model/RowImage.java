package dev.freshcut.coherentcache.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row image of a change; each bound column is converted once, when a rule first needs it. */
final class RowImage {
  private final BoundColumns columns;
  private final String which;
  private final @Nullable Map<String, ? extends @Nullable Object> values;
  private final @Nullable String[] segments;

  RowImage(
      BoundColumns columns,
      String which,
      @Nullable Map<String, ? extends @Nullable Object> values) {
    this.columns = columns;
    this.which = which;
    this.values = values;
    this.segments = new String[columns.count()];
  }

  /** The column's value as it came. */
  @Nullable Object value(String column) {
    if (values == null) {
      throw new UnresolvableChangeException(
          "a change to %s comes without the %s row, which a rule needs%s"
              .formatted(columns.table(), which, mend("")));
    }
    Object value = values.get(column);
    if (value == null && !values.containsKey(column)) {
      throw new UnresolvableChangeException(
          "a change to %s has no column '%s' in its %s row, which a rule needs%s"
              .formatted(
                  columns.table(),
                  column,
                  which,
                  mend("; correct the column's name in the cache model, or restore the column")));
    }
    return value;
  }

  /** The segment of a bound column. */
  String segment(int index) {
    String known = segments[index];
    if (known == null) {
      known = convert(index);
      segments[index] = known;
    }
    return known;
  }

  private String convert(int index) {
    Object value = value(columns.name(index));
    if (value == null) {
      return Segment.NULL;
    }
    String segment = columns.type(index).segment(value);
    if (segment == null) {
      // The value itself may be personal data.
      throw new UnresolvableChangeException(
          "a change to %s has a %s in column '%s' of its %s row, which is not the %s that the cache"
                  .formatted(
                      columns.table(),
                      value.getClass().getSimpleName(),
                      columns.name(index),
                      which,
                      columns.type(index).label())
              + " model declares; correct the type there");
    }
    return segment;
  }

  private String mend(String otherwise) {
    return which.equals("old")
        ? "; run ALTER TABLE %s REPLICA IDENTITY FULL, so that changes carry the whole old row"
            .formatted(columns.table())
        : otherwise;
  }
}
