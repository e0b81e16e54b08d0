package dev.freshcut.coherentcache.races;

import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A streaming replica of an embedded server, whose replay can be paused.
 *
 * <p>Made by the primary itself, with the low-level backup functions and shell commands that it
 * runs for a superuser: the embedded binaries have no {@code pg_basebackup}, and this way the
 * replica runs as the same user. It ends when the primary does.
 */
final class Standby implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PostgresServer primary;
  private final JdbcTemplate onPrimary;
  private final String data;
  private final int port;

  private Standby(PostgresServer primary, JdbcTemplate onPrimary, String data, int port) {
    this.primary = primary;
    this.onPrimary = onPrimary;
    this.data = data;
    this.port = port;
  }

  static Standby of(PostgresServer primary) {
    SingleConnectionDataSource session =
        new SingleConnectionDataSource(
            primary.jdbcUrl("postgres"), primary.user(), primary.password(), true);
    JdbcTemplate sql = new JdbcTemplate(session);
    String original = text(sql, "SHOW data_directory");
    Standby standby = new Standby(primary, sql, original + "-standby", freePort());
    standby.copy(original);
    standby.launch(original);
    standby.awaitReady();
    return standby;
  }

  private void copy(String original) {
    onPrimary.queryForObject("SELECT pg_backup_start('standby', true)::text", String.class);
    // Files that vanish meanwhile do not matter: the log makes up for them. Others are missed when
    // the copy is started.
    shell("cp -R '%s' '%s' || true".formatted(original, data));
    shell("cd '%s' && rm -rf postmaster.pid postmaster.opts pg_replslot/*".formatted(data));
    onPrimary.execute(
        """
        COPY (SELECT line FROM pg_backup_stop(false) s,
                     regexp_split_to_table(s.labelfile, '\\n') line WHERE line <> '')
        TO '%s/backup_label'
        """
            .formatted(data));
    shell("touch '%s/standby.signal'".formatted(data));
  }

  /** With the primary's own program and settings; the last of two equal settings counts. */
  private void launch(String original) {
    String command =
        text(onPrimary, "SELECT pg_read_file('postmaster.opts')").strip().replace(original, data);
    String primaryPid =
        text(onPrimary, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
    String connection =
        "host=%s port=%d user=%s password=%s"
            .formatted(primary.host(), primary.port(), primary.user(), primary.password());
    shell(
        """
        %s "-p" "%d" "-c" "primary_conninfo=%s" >> '%s/standby.log' 2>&1 < /dev/null &
        standby=$!
        (while kill -0 %s && kill -0 $standby; do sleep 1; done; kill -QUIT $standby) \
          > /dev/null 2>&1 < /dev/null &
        """
            .formatted(command, port, connection, data, primaryPid));
  }

  private void awaitReady() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> text(new JdbcTemplate(database("postgres")), "SELECT 1"));
  }

  DriverManagerDataSource database(String name) {
    return new DriverManagerDataSource(
        "jdbc:postgresql://%s:%d/%s".formatted(primary.host(), port, name),
        primary.user(),
        primary.password());
  }

  /** Stops replaying; what the primary commits from now on is not seen here. */
  void pause() {
    catchUp();
    JdbcTemplate here = new JdbcTemplate(database("postgres"));
    here.execute("SELECT pg_wal_replay_pause()");
    await()
        .atMost(PATIENCE)
        .until(() -> text(here, "SELECT pg_get_wal_replay_pause_state()").equals("paused"));
  }

  /** Replays again, and returns once everything is seen that the primary has committed so far. */
  void resume() {
    new JdbcTemplate(database("postgres")).execute("SELECT pg_wal_replay_resume()");
    catchUp();
  }

  private void catchUp() {
    String end = text(onPrimary, "SELECT pg_current_wal_lsn()::text");
    JdbcTemplate here = new JdbcTemplate(database("postgres"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                text(here, "SELECT pg_last_wal_replay_lsn() >= '%s'::pg_lsn".formatted(end))
                    .equals("t"));
  }

  @Override
  public void close() {
    shell("kill -QUIT $(head -1 '%s/postmaster.pid')".formatted(data));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                text(
                        onPrimary,
                        "SELECT pg_stat_file('%s/postmaster.pid', true) IS NULL".formatted(data))
                    .equals("t"));
    shell("rm -rf '%s'".formatted(data));
    ((SingleConnectionDataSource) Objects.requireNonNull(onPrimary.getDataSource())).destroy();
  }

  private void shell(String script) {
    // Without rows, as a program that ends before it has read them fails the command.
    onPrimary.execute("COPY (SELECT 1 WHERE false) TO PROGRAM $program$" + script + "$program$");
  }

  private static String text(JdbcTemplate sql, String query) {
    return Objects.requireNonNull(
        sql.query(
            query,
            rows -> {
              rows.next();
              return rows.getString(1);
            }));
  }

  /** Not one of those that the system gives to clients, who could take it before the standby. */
  private static int freePort() {
    Random random = new Random();
    for (int probe = 0; probe < 1_000; probe++) {
      int port = random.nextInt(10_000, 20_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken; another may be free.
      }
    }
    throw new IllegalStateException("no free port for the standby in 10000-20000");
  }
}
