package dev.freshcut.coherentcache.model;

/** The model that this package's tests start from. */
final class Models {
  /** Line numbers of its parts appear in {@link MalformedModelTest}. */
  static final String YAML =
      """
      version: 1
      tables:
        public.items:
          shop: integer
          day: date
          owner: integer
          state: text
          seen: timestamp
        public.shops:
          id: integer
      families:
        views:
          key: "views:{shop}:{day}:{owner}"
          scope: shop
          ttl: 5m
        hours:
          key: "hours:{shop}"
          scope: shop
          ttl: 24h
      rules:
        - table: public.items
          columns: [state, seen]
          evict:
            - "views:{shop}:{day}:{owner}"
            - "views:{shop}:{day}:any"
        - table: public.shops
          on: [update, delete, truncate]
          evict: ["views:{id}:*:*", "hours:{id}"]
      """;

  private Models() {}

  static CacheModel model() {
    return CacheModel.parse("model.yml", YAML);
  }

  /** The model with a part of its text replaced. */
  static String with(String part, String replacement) {
    if (!YAML.contains(part)) {
      throw new IllegalArgumentException("the model has no '" + part + "'");
    }
    return YAML.replace(part, replacement);
  }
}
