package dev.freshcut.coherentcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.SnapshotSource.Loaded;
import dev.freshcut.embeddedstack.PostgresServer;
import dev.freshcut.embeddedstack.TestServers;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

class TransactionalSnapshotSourceIT {
  private static final TestServers SERVERS = TestServers.shared();

  private final DriverManagerDataSource database = database();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final DataSourceTransactionManager transactions =
      new DataSourceTransactionManager(database);
  private final TransactionalSnapshotSource source =
      new TransactionalSnapshotSource(transactions, database);

  @Test
  void floorIsReadBeforeTheDataAndOnTheSameConnection() throws Exception {
    long[] during = new long[1];

    Loaded<Integer> loaded =
        source.load(
            () -> {
              during[0] = assignXid();
              return pid();
            });

    assertThat(loaded.snapshot().floor()).isLessThanOrEqualTo(during[0]);
    assertThat(loaded.snapshot().contains(during[0])).isFalse();
    assertThat(source.load(() -> 1).snapshot().contains(during[0])).isTrue();
  }

  @Test
  void loaderCannotWrite() {
    jdbc.execute("CREATE TABLE IF NOT EXISTS written (id int)");

    assertThatThrownBy(() -> source.load(() -> jdbc.update("INSERT INTO written VALUES (1)")))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("read-only");
  }

  @Test
  void loaderDoesNotSeeTheCallersUncommittedRows() {
    jdbc.execute("CREATE TABLE IF NOT EXISTS uncommitted (id int)");
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status -> {
              jdbc.update("INSERT INTO uncommitted VALUES (1)");
              assertThat(source.insideReadWriteTransaction()).isTrue();
              assertThat(count(source)).isZero();
              status.setRollbackOnly();
            });
    assertThat(source.insideReadWriteTransaction()).isFalse();
  }

  @Test
  void readOnlyTransactionIsNoReadWriteTransaction() {
    TransactionTemplate readOnly = new TransactionTemplate(transactions);
    readOnly.setReadOnly(true);

    readOnly.executeWithoutResult(
        status -> assertThat(source.insideReadWriteTransaction()).isFalse());
  }

  @Test
  void checkedExceptionIsPassedOn() {
    IOException failure = new IOException("gone");

    assertThatThrownBy(
            () ->
                source.load(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  private int count(TransactionalSnapshotSource from) {
    try {
      return from.load(
              () ->
                  Objects.requireNonNull(
                      jdbc.queryForObject("SELECT count(*) FROM uncommitted", Integer.class)))
          .value();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private int pid() {
    return Objects.requireNonNull(jdbc.queryForObject("SELECT pg_backend_pid()", Integer.class));
  }

  /** A transaction of another session, committed while the loader runs. */
  private long assignXid() {
    return Objects.requireNonNull(
        new JdbcTemplate(
                new DriverManagerDataSource(
                    Objects.requireNonNull(database.getUrl()),
                    Objects.requireNonNull(database.getUsername()),
                    Objects.requireNonNull(database.getPassword())))
            .queryForObject("SELECT pg_current_xact_id()::text::bigint", Long.class));
  }

  private static DriverManagerDataSource database() {
    PostgresServer postgres = SERVERS.postgres();
    return new DriverManagerDataSource(
        postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
  }
}
