package dev.freshcut.coherentcache.races;

import dev.freshcut.coherentcache.CacheListener;
import dev.freshcut.coherentcache.CacheSettings;
import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.TableChange;
import dev.freshcut.coherentcache.model.TableChange.Kind;
import dev.freshcut.embeddedstack.PostgresServer;
import dev.freshcut.embeddedstack.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A table of items in a database of its own, the stream of its committed transactions, and the
 * Redis that caches queries over it.
 */
final class Shop implements AutoCloseable {
  private static final String MODEL =
      """
      version: 1
      tables:
        public.items:
          id: integer
          shop: integer
          shelf: integer
          version: integer
      families:
        shelf:
          key: "shelf:{shop}:{shelf}"
          scope: shop
          ttl: 10m
          jitter: 0%
        shop:
          key: "shop:{shop}"
          scope: shop
          ttl: 10m
          jitter: 0%
      rules:
        - table: public.items
          columns: [shelf, version]
          evict: ["shelf:{shop}:{shelf}", "shop:{shop}"]
      """;

  private static final TestServers SERVERS = TestServers.shared();

  final CacheModel model = CacheModel.parse("shop.yml", MODEL);
  final PostgresServer postgres = SERVERS.postgres();
  final String databaseName = SERVERS.freshDatabase();
  final DriverManagerDataSource database =
      new DriverManagerDataSource(
          postgres.jdbcUrl(databaseName), postgres.user(), postgres.password());
  final JdbcTemplate sql = new JdbcTemplate(database);
  private final SingleConnectionDataSource stream =
      new SingleConnectionDataSource(
          postgres.jdbcUrl(databaseName), postgres.user(), postgres.password(), true);
  final RedissonClient redisson = connect();

  private final String namespace = SERVERS.freshName("shop").replace('_', '-');
  private final String slot = SERVERS.freshName("shop_slot");
  private final List<RedisCoherence> processes = new ArrayList<>();

  Shop() {
    sql.execute(
        """
        CREATE TABLE items (id int PRIMARY KEY, shop int NOT NULL, shelf int NOT NULL,
                            version int NOT NULL, xid bigint NOT NULL DEFAULT 0);
        ALTER TABLE items REPLICA IDENTITY FULL;
        CREATE PUBLICATION items FOR TABLE items;
        """);
    sql.queryForList("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", slot);
  }

  static RedissonClient connect() {
    Config config = new Config();
    config.setLazyInitialization(true);
    config.useSingleServer().setAddress(SERVERS.redis().url()).setConnectionMinimumIdleSize(2);
    return Redisson.create(config);
  }

  void insert(int id, int shop, int shelf) {
    sql.update("INSERT INTO items (id, shop, shelf, version) VALUES (?, ?, ?, 1)", id, shop, shelf);
  }

  /** The cache as one more process would have it, with patience for a busy machine. */
  RedisCoherence process() {
    return process(Duration.ofSeconds(60), Duration.ofSeconds(5));
  }

  /**
   * The cache as one more process would have it.
   *
   * @param patience with Redis
   */
  RedisCoherence process(Duration maxLoadTime, Duration patience) {
    CacheSettings defaults = CacheSettings.defaults();
    RedisCoherence process =
        new RedisCoherence(
            redisson,
            model,
            new CacheSettings(
                namespace,
                patience,
                patience,
                maxLoadTime,
                // Short, so that a second process soon loads what a first one is loading.
                Duration.ofMillis(100),
                // The tests themselves know how far the evictions have come.
                Duration.ZERO,
                defaults.maxValueBytes(),
                defaults.maxKeyBytes(),
                false),
            CacheListener.NONE,
            Clock.systemUTC());
    processes.add(process);
    return process;
  }

  CacheKey shelf(int shop, int shelf) {
    return model.family("shelf").key(shop, shelf);
  }

  CacheKey shop(int shop) {
    return model.family("shop").key(shop);
  }

  /** What the change of an item evicts. */
  List<Eviction> evictions(int id, int shop, int shelf, int version, long xid) {
    TableChange change =
        new TableChange(
            "public.items",
            Kind.UPDATE,
            row(id, shop, shelf, version - 1),
            row(id, shop, shelf, version));
    return model.evictionsFor(change).stream().map(pattern -> new Eviction(pattern, xid)).toList();
  }

  private static Map<String, @Nullable Object> row(int id, int shop, int shelf, int version) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("id", (long) id);
    row.put("shop", (long) shop);
    row.put("shelf", (long) shelf);
    row.put("version", (long) version);
    return row;
  }

  /**
   * The transactions whose commit records have been decoded since the last call, in that order. The
   * server is new, so 32-bit ids are the ids.
   */
  List<Long> committed() {
    return Objects.requireNonNull(
        new JdbcTemplate(stream)
            .queryForList(
                """
            SELECT xid::text::bigint
              FROM pg_logical_slot_get_binary_changes(?, NULL, NULL,
                     'proto_version', '1', 'publication_names', 'items')
             WHERE get_byte(data, 0) = ascii('B')
            """,
                Long.class,
                slot));
  }

  int version(int id) {
    return Objects.requireNonNull(
        sql.queryForObject("SELECT version FROM items WHERE id = ?", Integer.class, id));
  }

  @Override
  public void close() {
    processes.forEach(RedisCoherence::close);
    redisson.getKeys().deleteByPattern(namespace + ":*");
    redisson.shutdown();
    stream.destroy();
    postgres.dropDatabase(databaseName);
  }
}
