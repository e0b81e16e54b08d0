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

  /**
   * The newest row of each table, so that those of earlier tests need not be read: there are ever
   * more of them.
   */
  static Map<String, Long> newest(ApiFixture api) {
    Map<String, Long> newest = new HashMap<>();
    for (String table : api.bean(CacheModel.class).tables().keySet()) {
      newest.put(
          table,
          api.sql()
              .sql("SELECT coalesce(max(%s), 0) FROM %s".formatted(identity(table), table))
              .query(Long.class)
              .single());
    }
    return newest;
  }

  /** The rows that are newer than these. */
  static RowImages read(ApiFixture api, Map<String, Long> newerThan) {
    Map<String, String> images = new HashMap<>();
    newerThan.forEach(
        (table, newest) ->
            api.sql()
                .sql(
                    "SELECT %1$s AS id, to_jsonb(t)::text AS image FROM %2$s t WHERE %1$s > ?"
                        .formatted(identity(table), table))
                .param(newest)
                .query(
                    row -> {
                      images.put(table + " " + row.getLong("id"), row.getString("image"));
                    }));
    return new RowImages(images);
  }

  private static String identity(String table) {
    return table.equals("public.booking_settings") ? "location_id" : "id";
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
