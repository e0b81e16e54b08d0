package dev.freshcut.coherentcache.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A pattern that a rule evicts, as the file gives it.
 *
 * @param where its place in the file
 * @param text as in the file
 * @param slots one per variable of the family
 */
record PatternDraft(Node where, String text, FamilyDraft family, List<Slot> slots) {

  /** What a pattern has in the place of one variable. */
  sealed interface Slot {}

  /** {@code *}: any value. */
  record Any() implements Slot {}

  /**
   * <code>{column}</code>: the row's value.
   *
   * @param type null if the declared type is not valid, which is reported
   */
  record Column(String name, @Nullable ColumnType type) implements Slot {}

  /** A value that stands for itself. */
  record Literal(String text) implements Slot {}

  /** The positions that are bound, as bits. */
  int shape() {
    int shape = 0;
    for (int i = 0; i < slots.size(); i++) {
      if (!(slots.get(i) instanceof Any)) {
        shape |= 1 << i;
      }
    }
    return shape;
  }

  /** Whether this pattern selects all that the other one does, whatever the row. */
  boolean covers(PatternDraft other) {
    if (!family.name().equals(other.family.name())) {
      return false;
    }
    for (int i = 0; i < slots.size(); i++) {
      if (!(slots.get(i) instanceof Any) && !slots.get(i).equals(other.slots.get(i))) {
        return false;
      }
    }
    return true;
  }
}
