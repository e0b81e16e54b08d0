package dev.freshcut.coherentcache.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * A table as the file declares it.
 *
 * @param where its name in the file
 * @param columns by name; the type is null where the file's is not valid, which is reported
 */
record TableDraft(Node where, String name, Map<String, @Nullable ColumnType> columns) {

  /** Reads the section {@code tables}. */
  static Map<String, TableDraft> readAll(Node section, Problems problems) {
    Map<String, TableDraft> tables = new LinkedHashMap<>();
    Fields.entries(section, "'tables'", problems)
        .forEach(
            (name, entry) -> {
              if (!Identifiers.TABLE.test(name)) {
                problems.add(
                    entry.getKeyNode(),
                    "table '%s' must be named schema.table, each %s"
                        .formatted(name, Identifiers.COLUMN_RULE));
              }
              tables.put(
                  name,
                  new TableDraft(
                      entry.getKeyNode(), name, columns(name, entry.getValueNode(), problems)));
            });
    return tables;
  }

  private static Map<String, @Nullable ColumnType> columns(
      String table, Node section, Problems problems) {
    Map<String, @Nullable ColumnType> columns = new LinkedHashMap<>();
    String owner = "table '%s'".formatted(table);
    Fields.entries(section, owner, problems)
        .forEach(
            (name, entry) -> {
              if (!Identifiers.COLUMN.test(name)) {
                problems.add(
                    entry.getKeyNode(),
                    "column '%s' of %s must be %s".formatted(name, owner, Identifiers.COLUMN_RULE));
              }
              columns.put(name, type("column '%s' of %s".formatted(name, owner), entry, problems));
            });
    return columns;
  }

  private static @Nullable ColumnType type(String label, NodeTuple entry, Problems problems) {
    String text = Fields.text(entry.getValueNode(), label, problems);
    if (text == null) {
      return null;
    }
    ColumnType type = ColumnType.of(text);
    if (type == null) {
      problems.add(
          entry.getValueNode(),
          "%s has the unknown type '%s': known are %s".formatted(label, text, ColumnType.labels()));
    }
    return type;
  }
}
