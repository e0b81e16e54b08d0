package dev.freshcut.coherentcache.races;

import com.zaxxer.hikari.HikariDataSource;
import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.races.Truth.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The items of a few shops and shelves: how they are changed, queried and cached. */
final class Stock implements AutoCloseable {
  private static final int SHOPS = 2;
  private static final int SHELVES = 3;
  private static final int ITEMS = 12;

  /** In a shop of its own, and changed only by {@link #changeSlowSeller}. */
  private static final int SLOW_SELLER = ITEMS + 1;

  /**
   * A cached query.
   *
   * @param shelf 0 for all shelves
   */
  record View(CacheKey key, int shop, int shelf) {}

  final Shop shop;
  final HikariDataSource pool = new HikariDataSource();
  final DataSourceTransactionManager manager = new DataSourceTransactionManager(pool);
  final List<View> views = new ArrayList<>();
  private final JdbcTemplate sql = new JdbcTemplate(pool);
  private final TransactionTemplate transactions = new TransactionTemplate(manager);
  private final Truth truth;

  Stock(Shop shop, Truth truth) {
    this.shop = shop;
    this.truth = truth;
    pool.setJdbcUrl(shop.database.getUrl());
    pool.setUsername(shop.database.getUsername());
    pool.setPassword(shop.database.getPassword());
    pool.setMaximumPoolSize(24);
    for (int item = 1; item <= ITEMS; item++) {
      shop.insert(item, shopOf(item), shelfOf(item));
    }
    shop.insert(SLOW_SELLER, shopOf(SLOW_SELLER), shelfOf(SLOW_SELLER));
    for (int s = 1; s <= SHOPS + 1; s++) {
      views.add(new View(shop.shop(s), s, 0));
      for (int shelf = 1; shelf <= SHELVES; shelf++) {
        views.add(new View(shop.shelf(s, shelf), s, shelf));
      }
    }
    shop.committed();
  }

  private static int shopOf(int item) {
    return item == SLOW_SELLER ? SHOPS + 1 : 1 + item % SHOPS;
  }

  private static int shelfOf(int item) {
    return 1 + item / SHOPS % SHELVES;
  }

  /** The items that a view shows. */
  Set<Integer> itemsOf(View view) {
    return IntStream.rangeClosed(1, SLOW_SELLER)
        .filter(item -> shopOf(item) == view.shop())
        .filter(item -> view.shelf() == 0 || view.shelf() == shelfOf(item))
        .boxed()
        .collect(Collectors.toSet());
  }

  View anyView(Random random) {
    return views.get(random.nextInt(views.size()));
  }

  /** What a view's query returns, which takes a while before and after it has looked. */
  Map<Integer, Item> query(View view, int before, int after) {
    pause(before);
    Map<Integer, Item> items = new HashMap<>();
    sql.query(
        "SELECT id, version, xid FROM items WHERE shop = ? AND (shelf = ? OR ? = 0)",
        row -> {
          items.put(row.getInt(1), new Item(row.getInt(2), row.getLong(3)));
        },
        view.shop(),
        view.shelf(),
        view.shelf());
    pause(after);
    return items;
  }

  /**
   * A transaction that changes one item or two, takes its time, and now and then much more, or
   * rolls back. Returns its id, or 0 if it rolled back.
   */
  long change(Random random) {
    SortedSet<Integer> items = new TreeSet<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      items.add(1 + random.nextInt(ITEMS));
    }
    boolean commits = random.nextInt(8) != 0;
    int before = random.nextInt(4);
    int after = random.nextInt(50) == 0 ? 200 : random.nextInt(4);
    return change(items, before, after, commits);
  }

  /** A change to what nothing else changes, so that nothing else makes up for its eviction. */
  long changeSlowSeller() {
    return change(new TreeSet<>(List.of(SLOW_SELLER)), 0, 0, true);
  }

  private long change(SortedSet<Integer> items, int before, int after, boolean commits) {
    long xid =
        Objects.requireNonNull(
            transactions.execute(
                transaction -> {
                  long own =
                      Objects.requireNonNull(
                          sql.queryForObject(
                              "SELECT pg_current_xact_id()::text::bigint", Long.class));
                  pause(before);
                  Map<Integer, Integer> versions = new HashMap<>();
                  items.forEach(item -> versions.put(item, update(item, own)));
                  pause(after);
                  truth.ending(own, versions, commits);
                  if (!commits) {
                    transaction.setRollbackOnly();
                  }
                  return own;
                }));
    if (commits) {
      truth.committed(xid);
    }
    return commits ? xid : 0;
  }

  private int update(int item, long xid) {
    return Objects.requireNonNull(
        sql.queryForObject(
            "UPDATE items SET version = version + 1, xid = ? WHERE id = ? RETURNING version",
            Integer.class,
            xid,
            item));
  }

  private void pause(int millis) {
    if (millis > 0) {
      sql.query("SELECT pg_sleep(?)", row -> {}, millis / 1000.0);
    }
  }

  List<Eviction> evictions(long xid) {
    List<Eviction> evictions = new ArrayList<>();
    truth
        .versions(xid)
        .forEach(
            (item, version) ->
                evictions.addAll(shop.evictions(item, shopOf(item), shelfOf(item), version, xid)));
    return evictions;
  }

  /** {@code pg_snapshot_xmin} now. */
  long horizon() {
    return Objects.requireNonNull(
        sql.queryForObject(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint", Long.class));
  }

  @Override
  public void close() {
    pool.close();
    shop.close();
  }
}
