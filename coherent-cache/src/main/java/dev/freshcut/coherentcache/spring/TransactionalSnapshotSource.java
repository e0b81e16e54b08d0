package dev.freshcut.coherentcache.spring;

import dev.freshcut.coherentcache.Snapshot;
import dev.freshcut.coherentcache.SnapshotSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs each loader in a new read-only transaction, whose first statement reads the snapshot. At
 * READ COMMITTED the loader's statements see newer snapshots than that, never older ones.
 *
 * <p>A caller that is itself inside a read-only transaction holds a second connection meanwhile.
 */
public final class TransactionalSnapshotSource implements SnapshotSource {
  /**
   * On a standby the list of transactions in progress is empty (see {@code GetSnapshotData} in
   * Postgres' procarray.c), so that only what is below xmin is known to be contained.
   */
  private static final String SNAPSHOT =
      """
      SELECT CASE WHEN pg_is_in_recovery()
                  THEN concat(pg_snapshot_xmin(s), ':', pg_snapshot_xmin(s), ':')
                  ELSE s::text END
      FROM pg_current_snapshot() AS s""";

  private final TransactionTemplate transaction;
  private final JdbcTemplate jdbc;

  /**
   * @param transactions must expose its JDBC connection, as those for JDBC, JPA and Hibernate do
   * @param database the transaction manager's own
   */
  public TransactionalSnapshotSource(PlatformTransactionManager transactions, DataSource database) {
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setReadOnly(true);
    this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.jdbc = new JdbcTemplate(database);
  }

  @Override
  public <T extends @Nullable Object> Loaded<T> load(Callable<T> loader) throws Exception {
    try {
      return Objects.requireNonNull(transaction.execute(status -> snapshotThenData(loader)));
    } catch (CheckedFailure e) {
      throw e.failure;
    }
  }

  private <T extends @Nullable Object> Loaded<T> snapshotThenData(Callable<T> loader) {
    String text = Objects.requireNonNull(jdbc.queryForObject(SNAPSHOT, String.class));
    try {
      return new Loaded<>(loader.call(), Snapshot.parse(text));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new CheckedFailure(e);
    }
  }

  @Override
  public boolean insideReadWriteTransaction() {
    return TransactionSynchronizationManager.isActualTransactionActive()
        && !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
  }

  /** Carries a checked exception out of the transaction template. */
  private static final class CheckedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Exception failure;

    CheckedFailure(Exception failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
