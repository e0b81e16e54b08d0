package dev.freshcut.coherentcache.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a family's key template, and what the rules say about its values.
 *
 * @param name as in the template
 * @param type of the columns that rules bind it to; null if none does
 * @param literals that rules' patterns have in its place
 */
record Variable(String name, @Nullable ColumnType type, Set<String> literals) {

  /**
   * The segment of a reader's value: by the same conversion as the columns that evict it.
   *
   * @throws IllegalArgumentException if it is neither of the type nor one of the literals: changes
   *     that rules bind to this variable would miss it
   */
  String segment(Family family, @Nullable Object value) {
    if (type == null || value == null) {
      return Segment.of(value);
    }
    String segment = type.segment(value);
    if (segment != null) {
      return segment;
    }
    if (value instanceof String text && literals.contains(text)) {
      return text;
    }
    throw new IllegalArgumentException(
        "variable '%s' of family '%s' is of type %s%s, because rules bind it to such columns; the"
                .formatted(
                    name,
                    family.name(),
                    type.label(),
                    literals.isEmpty() ? "" : " or one of " + literals)
            + " value given is a "
            + value.getClass().getSimpleName()
            + " that is not: correct it, or evict it as a literal in a rule");
  }
}
