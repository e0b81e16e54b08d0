package dev.freshcut.cdcconnector.postgres;

import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import dev.freshcut.cdcconnector.settings.DatabaseSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the database must have before changes can be captured without loss. The connector makes none
 * of it, apart from the slot: it belongs to the application's migrations.
 */
public final class Requirements {
  /** PostgreSQL 15, the first whose catalog tells of row filters. */
  private static final int OLDEST_VERSION = 150_000;

  /**
   * PostgreSQL 17, whose commits may end exactly where the next transaction starts. Debezium 3.6
   * then takes the first transaction after a restart for one that it has seen, and skips it.
   */
  private static final int FIRST_LOSSY_VERSION = 170_000;

  private final Session session;
  private final DatabaseSettings database;
  private final List<String> tables;

  /** To be checked in this session. */
  public Requirements(Session session, ConnectorSettings settings) {
    this.session = session;
    this.database = settings.database();
    this.tables = settings.tables();
  }

  /**
   * Everything that is missing; empty if all is well.
   *
   * @throws SQLException if a query fails
   */
  public List<Problem> check() throws SQLException {
    List<Problem> problems = new ArrayList<>();
    checkServer(problems);
    checkRole(problems);
    if (checkPublication(problems)) {
      for (String table : tables) {
        checkTable(problems, table);
      }
      checkHeartbeatTable(problems);
    }
    checkSlot(problems);
    return List.copyOf(problems);
  }

  private void checkServer(List<Problem> problems) throws SQLException {
    checkVersion(problems, number("SELECT current_setting('server_version_num')::int"));
    String walLevel = text("SELECT current_setting('wal_level')");
    if (!walLevel.equals("logical")) {
      problems.add(
          new Problem(
              "wal_level",
              "is " + walLevel + ", so that changes cannot be decoded",
              "ALTER SYSTEM SET wal_level = logical, then restart the server"));
    }
    if (is("SELECT pg_is_in_recovery()")) {
      problems.add(
          new Problem(
              "the server",
              "is a standby, on which no heartbeat can be written",
              "point freshcut.connector.database.jdbc-url to the primary"));
    }
  }

  static void checkVersion(List<Problem> problems, int version) {
    if (version < OLDEST_VERSION || version >= FIRST_LOSSY_VERSION) {
      problems.add(
          new Problem(
              "the server",
              "is PostgreSQL "
                  + version / 10_000
                  + (version < OLDEST_VERSION
                      ? ", too old"
                      : ", from which Debezium loses changes at restarts"),
              "use PostgreSQL 15 or 16"));
    }
  }

  /** On RDS and Aurora the right comes with membership in a role. */
  private void checkRole(List<Problem> problems) throws SQLException {
    String role = database.username();
    if (!is(
        """
        SELECT rolreplication OR rolsuper OR EXISTS (
          SELECT FROM pg_roles g
          WHERE g.rolname = 'rds_replication' AND pg_has_role(current_user, g.oid, 'member'))
        FROM pg_roles WHERE rolname = current_user
        """)) {
      problems.add(
          new Problem(
              "role " + role,
              "may not use replication slots",
              "ALTER ROLE " + role + " REPLICATION"));
    }
  }

  private boolean checkPublication(List<Problem> problems) throws SQLException {
    String publication = database.publication();
    if (!is("SELECT count(*) = 1 FROM pg_publication WHERE pubname = ?", publication)) {
      problems.add(
          new Problem(
              "publication " + publication,
              "does not exist",
              "CREATE PUBLICATION %s FOR TABLE %s, %s"
                  .formatted(publication, String.join(", ", tables), database.heartbeatTable())));
      return false;
    }
    if (!is(
        """
        SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate
        FROM pg_publication WHERE pubname = ?
        """,
        publication)) {
      problems.add(
          new Problem(
              "publication " + publication,
              "leaves out some operations, whose changes would be lost",
              "ALTER PUBLICATION "
                  + publication
                  + " SET (publish = 'insert, update, delete, truncate')"));
    }
    return true;
  }

  private void checkTable(List<Problem> problems, String table) throws SQLException {
    if (!checkExistsAndPublished(problems, table)) {
      return;
    }
    if (!is("SELECT relreplident = 'f' FROM pg_class WHERE oid = ?::regclass", exact(table))) {
      problems.add(
          new Problem(
              "table " + table,
              "has no full replica identity, so that old rows would come incomplete",
              "ALTER TABLE " + table + " REPLICA IDENTITY FULL"));
    }
    checkPrimaryKey(problems, table);
  }

  private void checkHeartbeatTable(List<Problem> problems) throws SQLException {
    String table = database.heartbeatTable();
    if (!checkExistsAndPublished(problems, table)) {
      return;
    }
    checkPrimaryKey(problems, table);
    if (!is(
        """
        SELECT count(*) = 4 FROM pg_attribute
        WHERE attrelid = ?::regclass AND NOT attisdropped
          AND attname IN ('id', 'beat_at', 'xid', 'horizon')
        """,
        exact(table))) {
      problems.add(
          new Problem(
              "heartbeat table " + table,
              "lacks a column",
              "give it id int PRIMARY KEY, beat_at timestamptz, xid bigint, horizon bigint"));
    }
    for (String privilege : List.of("SELECT", "INSERT", "UPDATE")) {
      if (!is("SELECT has_table_privilege(?, ?)", exact(table), privilege)) {
        problems.add(
            new Problem(
                "role " + database.username(),
                "may not " + privilege + " on heartbeat table " + table,
                "GRANT " + privilege + " ON " + table + " TO " + database.username()));
      }
    }
  }

  private boolean checkExistsAndPublished(List<Problem> problems, String table)
      throws SQLException {
    if (!is("SELECT to_regclass(?) IS NOT NULL", exact(table))) {
      problems.add(
          new Problem(
              "table " + table,
              "does not exist",
              "create it, or take it out of freshcut.connector.tables"));
      return false;
    }
    if (!is("SELECT relkind = 'r' FROM pg_class WHERE oid = ?::regclass", exact(table))) {
      problems.add(
          new Problem(
              "table " + table,
              "is partitioned or no table, so that its replica identity is not the rows'",
              "name its partitions in freshcut.connector.tables instead"));
      return false;
    }
    String publication = database.publication();
    if (!is(
        """
        SELECT count(*) = 1 FROM pg_publication_tables
        WHERE pubname = ? AND schemaname || '.' || tablename = ?
        """,
        publication,
        table)) {
      problems.add(
          new Problem(
              "publication " + publication,
              "lacks table " + table + ", whose changes would be lost",
              "ALTER PUBLICATION " + publication + " ADD TABLE " + table));
      return true;
    }
    if (is(
        """
        SELECT count(*) > 0 FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
        WHERE p.pubname = ? AND r.prrelid = ?::regclass
          AND (r.prqual IS NOT NULL OR r.prattrs IS NOT NULL)
        """,
        publication,
        exact(table))) {
      problems.add(
          new Problem(
              "publication " + publication,
              "filters rows or columns of table " + table + ", whose changes would be lost",
              "drop the table from the publication and add it without WHERE and column list"));
    }
    return true;
  }

  private void checkPrimaryKey(List<Problem> problems, String table) throws SQLException {
    if (!is(
        "SELECT count(*) = 1 FROM pg_index WHERE indrelid = ?::regclass AND indisprimary",
        exact(table))) {
      problems.add(
          new Problem(
              "table " + table,
              "has no primary key, which orders the changes of a row",
              "ALTER TABLE " + table + " ADD PRIMARY KEY (…)"));
    }
  }

  /** A slot of that name which is not this connector's is not touched. */
  private void checkSlot(List<Problem> problems) throws SQLException {
    if (is(
        """
        SELECT count(*) > 0 FROM pg_replication_slots
        WHERE slot_name = ? AND (plugin IS DISTINCT FROM 'pgoutput'
          OR database IS DISTINCT FROM current_database() OR temporary)
        """,
        database.slot())) {
      problems.add(
          new Problem(
              "replication slot " + database.slot(),
              "is of another plugin or database",
              "set freshcut.connector.database.slot to another name"));
    }
  }

  /** As configured, letter for letter; unquoted, Postgres would fold it to lower case. */
  private static String exact(String table) {
    return "\"" + table.replace(".", "\".\"") + "\"";
  }

  private boolean is(String sql, String... parameters) throws SQLException {
    return session.querySingle(sql, row -> row.getBoolean(1), parameters);
  }

  private int number(String sql) throws SQLException {
    return session.querySingle(sql, row -> row.getInt(1));
  }

  private String text(String sql) throws SQLException {
    return session.querySingle(sql, row -> row.getString(1));
  }
}
