package dev.freshcut.bookingapi;

import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.TableChange;
import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Every row of the model's tables at one time, by table and key. */
record RowImages(Map<String, String> rows) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, @Nullable Object>> ROW = new TypeReference<>() {};

  static RowImages read(ApiFixture api) {
    Map<String, String> images = new HashMap<>();
    for (String table : api.bean(CacheModel.class).tables().keySet()) {
      String identity = table.equals("public.booking_settings") ? "location_id" : "id";
      api.sql()
          .sql("SELECT %s AS id, to_jsonb(t)::text AS image FROM %s t".formatted(identity, table))
          .query(
              row -> {
                images.put(table + " " + row.getLong("id"), row.getString("image"));
              });
    }
    return new RowImages(images);
  }

  /** What the change stream would say of the way from these to others. */
  List<TableChange> changesTo(RowImages after) {
    List<TableChange> changes = new ArrayList<>();
    rows.forEach(
        (row, image) -> {
          String now = after.rows.get(row);
          if (now == null) {
            changes.add(new TableChange(table(row), Kind.DELETE, parsed(image), null));
          } else if (!now.equals(image)) {
            changes.add(new TableChange(table(row), Kind.UPDATE, parsed(image), parsed(now)));
          }
        });
    after.rows.forEach(
        (row, image) -> {
          if (!rows.containsKey(row)) {
            changes.add(new TableChange(table(row), Kind.CREATE, null, parsed(image)));
          }
        });
    return changes;
  }

  private static String table(String row) {
    return row.substring(0, row.indexOf(' '));
  }

  private static Map<String, @Nullable Object> parsed(String image) {
    return JSON.readValue(image, ROW);
  }
}
