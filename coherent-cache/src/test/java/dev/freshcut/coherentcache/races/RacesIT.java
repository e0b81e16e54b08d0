package dev.freshcut.coherentcache.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.spring.TransactionalSnapshotSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The races of {@code docs/protocol.md}, each forced step by step on real servers. The naive cache
 * ends with an old value in every one of them, the coherent one in none.
 */
class RacesIT {
  private static final int OLD = 1;
  private static final int NEW = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Shop shop = new Shop();
  private final TransactionalSnapshotSource source = source(shop.database);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void stock() {
    shop.insert(1, 7, 1);
    shop.committed();
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    shop.close();
  }

  @ParameterizedTest
  @EnumSource
  void race1StaleFill(Subject subject) throws Exception {
    Subject.Cache cache = subject.open(shop);
    PausedLoad load = new PausedLoad(shop.database);
    Future<Integer> reader = threads.submit(() -> cache.read(source, load));
    load.awaitLoaded();

    cache.evict(change());
    load.proceed();

    assertThat(reader.get()).as("the reader itself may get what it loaded").isEqualTo(OLD);
    assertThat(read(cache)).isEqualTo(subject == Subject.NAIVE ? OLD : NEW);
  }

  /** A synchronous standby that never answers: the commit is in the log, and nobody sees it. */
  @ParameterizedTest
  @EnumSource
  void race2SeenBeforeItIsVisible(Subject subject) throws Exception {
    Subject.Cache cache = subject.open(shop);
    try (AbsentStandby standby = new AbsentStandby(shop.postgres)) {
      Future<?> writer = standby.commit(shop.databaseName, "UPDATE items SET version = 2");

      List<Long> seen = shop.committed();
      assertThat(seen).as("the commit is in the stream").hasSize(1);
      assertThat(writer.isDone()).isFalse();
      assertThat(shop.version(1)).as("and not visible").isEqualTo(OLD);
      cache.evict(seen.getFirst());
      assertThat(read(cache)).as("nobody could know better yet").isEqualTo(OLD);

      standby.giveUp();
      writer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(shop.version(1)).isEqualTo(NEW);
    assertThat(read(cache)).isEqualTo(subject == Subject.NAIVE ? OLD : NEW);
  }

  @ParameterizedTest
  @EnumSource
  void race3OldFillOverNew(Subject subject) throws Exception {
    Subject.Cache cache = subject.open(shop);
    PausedLoad load = new PausedLoad(shop.database);
    Future<Integer> older = threads.submit(() -> cache.read(source, load));
    load.awaitLoaded();
    change();

    assertThat(read(cache)).as("a newer load overtakes").isEqualTo(NEW);
    load.proceed();
    older.get();

    assertThat(read(cache)).isEqualTo(subject == Subject.NAIVE ? OLD : NEW);
  }

  /** A streaming replica whose replay is paused. */
  @ParameterizedTest
  @EnumSource
  @DisabledIfSystemProperty(
      named = "freshcut.stack",
      matches = "containers",
      disabledReason = "the replica's port is not published by the primary's container")
  void race4LaggingReplica(Subject subject) throws Exception {
    Subject.Cache cache = subject.open(shop);
    try (Standby standby = Standby.of(shop.postgres)) {
      DataSource replica = standby.database(shop.databaseName);
      standby.pause();

      cache.evict(change());
      assertThat(cache.read(source(replica), query(replica)))
          .as("the replica has not heard of it")
          .isEqualTo(OLD);
      standby.resume();

      assertThat(query(replica).call()).isEqualTo(NEW);
      assertThat(cache.read(source(replica), query(replica)))
          .isEqualTo(subject == Subject.NAIVE ? OLD : NEW);
    }
  }

  @ParameterizedTest
  @EnumSource
  void race5UncommittedData(Subject subject) {
    Subject.Cache cache = subject.open(shop);
    new TransactionTemplate(new DataSourceTransactionManager(shop.database))
        .executeWithoutResult(
            transaction -> {
              shop.sql.update("UPDATE items SET version = 2");
              assertThat(read(cache)).as("the writer sees her own change").isEqualTo(NEW);
              transaction.setRollbackOnly();
            });

    assertThat(shop.version(1)).isEqualTo(OLD);
    assertThat(read(cache))
        .as("a version that never was")
        .isEqualTo(subject == Subject.NAIVE ? NEW : OLD);
  }

  /** Changes the item; returns the transaction once the stream has it. */
  private long change() {
    shop.sql.update("UPDATE items SET version = 2 WHERE id = 1");
    List<Long> seen = shop.committed();
    assertThat(seen).hasSize(1);
    return seen.getFirst();
  }

  private int read(Subject.Cache cache) {
    try {
      return cache.read(source, query(shop.database));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Callable<Integer> query(DataSource database) {
    JdbcTemplate sql = new JdbcTemplate(database);
    return () ->
        Objects.requireNonNull(
            sql.queryForObject("SELECT version FROM items WHERE id = 1", Integer.class));
  }

  private static TransactionalSnapshotSource source(DataSource database) {
    return new TransactionalSnapshotSource(new DataSourceTransactionManager(database), database);
  }

  /** A load that stops between its query and its end. */
  private static final class PausedLoad implements Callable<Integer> {
    private final Callable<Integer> query;
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final CountDownLatch proceed = new CountDownLatch(1);

    PausedLoad(DataSource database) {
      query = query(database);
    }

    @Override
    public Integer call() throws Exception {
      Integer version = query.call();
      loaded.countDown();
      assertThat(proceed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return version;
    }

    void awaitLoaded() throws InterruptedException {
      assertThat(loaded.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    void proceed() {
      proceed.countDown();
    }
  }
}
