package dev.freshcut.coherentcache.races;

import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A synchronous standby that the server waits for and that is not there. Only commits made through
 * {@link #commit} wait; all other sessions commit locally.
 */
final class AbsentStandby implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PostgresServer postgres;
  private final JdbcTemplate sql;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  AbsentStandby(PostgresServer postgres) {
    this.postgres = postgres;
    sql =
        new JdbcTemplate(
            new DriverManagerDataSource(
                postgres.jdbcUrl("postgres"), postgres.user(), postgres.password()));
    sql.execute("ALTER SYSTEM SET synchronous_commit = local");
    sql.execute("ALTER SYSTEM SET synchronous_standby_names = 'absent'");
    sql.execute("SELECT pg_reload_conf()");
    // The checkpointer tells the others; commits wait from then on.
    await().atMost(PATIENCE).until(this::commitsWait);
  }

  private boolean commitsWait() throws SQLException {
    Future<?> probe = commit("postgres", "SELECT pg_logical_emit_message(true, 'probe', '')");
    boolean waits = !probe.isDone();
    sql.queryForList(
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
    await().atMost(PATIENCE).until(probe::isDone);
    return waits;
  }

  /** Starts a commit, and returns once it waits for the standby, or is through. */
  Future<?> commit(String database, String change) throws SQLException {
    Connection session = postgres.connect(database);
    int pid;
    try (Statement statement = session.createStatement()) {
      statement.execute("SET synchronous_commit = on");
      session.setAutoCommit(false);
      statement.execute(change);
      try (var row = statement.executeQuery("SELECT pg_backend_pid()")) {
        row.next();
        pid = row.getInt(1);
      }
    }
    Future<?> commit =
        threads.submit(
            () -> {
              try (session) {
                session.commit();
              }
              return null;
            });
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                commit.isDone()
                    || !sql.queryForList(
                            "SELECT 1 FROM pg_stat_activity"
                                + " WHERE pid = ? AND wait_event = 'SyncRep'",
                            pid)
                        .isEmpty());
    return commit;
  }

  /** The server waits no longer, and those that waited go on. */
  void giveUp() {
    sql.execute("ALTER SYSTEM RESET synchronous_standby_names");
    sql.execute("ALTER SYSTEM RESET synchronous_commit");
    sql.execute("SELECT pg_reload_conf()");
  }

  @Override
  public void close() {
    giveUp();
    threads.shutdown();
  }
}
