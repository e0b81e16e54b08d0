package dev.freshcut.benchmarks.report;

import java.util.List;

/**
 * A table of figures.
 *
 * @param caption what it shows, with the unit where all cells share one
 * @param columns the headings
 * @param rows cells, as many in each row as there are headings
 */
public record Table(String caption, List<String> columns, List<List<String>> rows) {
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException("row " + row + " does not fit columns " + columns);
      }
    }
  }
}
