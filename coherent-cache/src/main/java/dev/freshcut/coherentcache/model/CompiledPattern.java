package dev.freshcut.coherentcache.model;

import dev.freshcut.coherentcache.model.PatternDraft.Column;
import dev.freshcut.coherentcache.model.PatternDraft.Literal;
import org.jspecify.annotations.Nullable;

/** A rule's pattern, ready to be bound to row images. */
final class CompiledPattern {
  private static final int NO_COLUMN = -1;

  private final Family family;
  private final @Nullable String[] literals; // encoded; null elsewhere
  private final int[] columns; // by position the index of the bound column, or NO_COLUMN

  CompiledPattern(PatternDraft draft, Family family, BoundColumns bound) {
    this.family = family;
    this.literals = new String[draft.slots().size()];
    this.columns = new int[literals.length];
    for (int i = 0; i < literals.length; i++) {
      columns[i] = NO_COLUMN;
      switch (draft.slots().get(i)) {
        case Column column -> columns[i] = bound.indexOf(column.name());
        case Literal literal -> literals[i] = family.segment(i, literal.text());
        case PatternDraft.Any any -> {}
      }
    }
  }

  Family family() {
    return family;
  }

  /** The pattern for this row. */
  Pattern bind(RowImage image) {
    @Nullable String[] segments = literals.clone();
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != NO_COLUMN) {
        segments[i] = image.segment(columns[i]);
      }
    }
    return new Pattern(family, segments);
  }
}
