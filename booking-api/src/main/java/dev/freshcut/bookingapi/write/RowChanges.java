package dev.freshcut.bookingapi.write;

import dev.freshcut.coherentcache.model.TableChange;
import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one transaction has changed. Row images are PostgreSQL's own ({@code to_jsonb(row)::text}),
 * so that columns set by defaults and triggers are in them.
 */
public final class RowChanges {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, @Nullable Object>> IMAGE =
      new TypeReference<>() {};

  private final List<TableChange> changes = new ArrayList<>();

  RowChanges() {}

  /** A row was inserted. */
  public void created(String table, String image) {
    changes.add(new TableChange(table, Kind.CREATE, null, parse(image)));
  }

  /** A row, which was locked before its old image was taken, was updated. */
  public void updated(String table, String before, String after) {
    changes.add(new TableChange(table, Kind.UPDATE, parse(before), parse(after)));
  }

  /** A row was deleted. */
  public void deleted(String table, String image) {
    changes.add(new TableChange(table, Kind.DELETE, parse(image), null));
  }

  /** As before a transaction that was rolled back. */
  void clear() {
    changes.clear();
  }

  List<TableChange> all() {
    return changes;
  }

  private static Map<String, @Nullable Object> parse(String image) {
    return JSON.readValue(image, IMAGE);
  }
}
