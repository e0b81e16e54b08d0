package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Pattern;
import org.apache.kafka.common.TopicPartition;

/** Patterns for tests. */
final class TestModel {
  static final CacheModel MODEL = CacheModel.loadResource("worker-model.yml");
  static final TopicPartition ITEMS_0 = new TopicPartition("p.public.items", 0);
  static final TopicPartition ITEMS_1 = new TopicPartition("p.public.items", 1);

  /** How long the window of {@link #total} lasts. */
  static final long WINDOW = 8_000;

  private TestModel() {}

  /** A pattern of strict freshness. */
  static Pattern items(int shop) {
    return MODEL.family("items").pattern(shop, "2026-11-23", Pattern.ANY);
  }

  /** A pattern of bounded freshness. */
  static Pattern total(int shop) {
    return MODEL.family("totals").pattern(shop);
  }
}
