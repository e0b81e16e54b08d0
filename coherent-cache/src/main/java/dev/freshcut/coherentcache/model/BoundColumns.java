package dev.freshcut.coherentcache.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of one table that patterns bind, numbered. */
final class BoundColumns {
  private final String table;
  private final List<String> names;
  private final List<ColumnType> types;

  BoundColumns(String table, Map<String, ColumnType> columns) {
    this.table = table;
    this.names = List.copyOf(columns.keySet());
    this.types = List.copyOf(columns.values());
  }

  int indexOf(String name) {
    return names.indexOf(name);
  }

  int count() {
    return names.size();
  }

  String name(int index) {
    return names.get(index);
  }

  ColumnType type(int index) {
    return types.get(index);
  }

  String table() {
    return table;
  }

  /**
   * A row image of the table.
   *
   * @param which old or new, for messages
   */
  RowImage image(String which, @Nullable Map<String, ? extends @Nullable Object> values) {
    return new RowImage(this, which, values);
  }
}
