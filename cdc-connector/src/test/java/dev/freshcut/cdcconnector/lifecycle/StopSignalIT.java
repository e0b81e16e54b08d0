package dev.freshcut.cdcconnector.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshcut.cdcconnector.postgres.Session;
import dev.freshcut.cdcconnector.settings.DatabaseSettings;
import dev.freshcut.embeddedstack.PostgresServer;
import dev.freshcut.embeddedstack.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StopSignalIT {
  private static final PostgresServer POSTGRES = TestServers.shared().postgres();

  private final String database = TestServers.shared().freshDatabase();
  private final DatabaseSettings settings =
      new DatabaseSettings(
          POSTGRES.jdbcUrl(database),
          POSTGRES.user(),
          POSTGRES.password(),
          database,
          "freshcut",
          "public.cdc_heartbeat");
  private final StopSignal stop = new StopSignal();

  @AfterEach
  void drop() {
    POSTGRES.dropDatabase(database);
  }

  @Test
  void itWakesWhoeverWaits() throws Exception {
    assertThat(stop.await(Duration.ZERO)).isFalse();
    CompletableFuture<Boolean> woken =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return stop.await(Duration.ofMinutes(5));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    stop.give();

    assertThat(woken.get(60, TimeUnit.SECONDS)).isTrue();
    assertThat(stop.isGiven()).isTrue();
  }

  @Test
  void aQueryUnderWayIsBrokenOff() throws Exception {
    try (Connection other = POSTGRES.connect(database);
        Statement statement = other.createStatement();
        Connection watching = POSTGRES.connect(database);
        Session session = stop.closeOnStop(new Session(settings))) {
      // The slot cannot be made before this transaction ends.
      other.setAutoCommit(false);
      statement.execute("SELECT pg_current_xact_id()");
      CompletableFuture<Void> query =
          CompletableFuture.runAsync(
              () -> {
                try {
                  session.createSlot();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      await().atMost(Duration.ofSeconds(60)).until(() -> isCreating(watching));

      stop.give();

      assertThatThrownBy(() -> query.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(Exception.class)
          .cause()
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aSessionThatIsOpenedTooLateIsClosedAtOnce() throws Exception {
    stop.give();
    try (Session session = stop.closeOnStop(new Session(settings))) {
      assertThatThrownBy(session::tryLock).isInstanceOf(SQLException.class);
    }
  }

  /** Asks outside a transaction, within which PostgreSQL would answer the same each time. */
  private static boolean isCreating(Connection watching) throws SQLException {
    try (Statement statement = watching.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                    + " AND query LIKE '%pg_create_logical%' AND pid <> pg_backend_pid()")) {
      row.next();
      return row.getLong(1) > 0;
    }
  }
}
