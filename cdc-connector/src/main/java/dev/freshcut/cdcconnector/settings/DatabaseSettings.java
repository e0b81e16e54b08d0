package dev.freshcut.cdcconnector.settings;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database and the objects in it that the stream needs.
 *
 * @param jdbcUrl JDBC URL of the captured database, {@code jdbc:postgresql://host:port/database};
 *     its parameters (such as {@code sslmode}) hold for every connection
 * @param username role with LOGIN and REPLICATION, SELECT on the captured tables, and SELECT,
 *     INSERT and UPDATE on the heartbeat table
 * @param password the role's password
 * @param slot replication slot; created when it is missing, with a gap announced
 * @param publication publication that has all captured tables and the heartbeat table
 * @param heartbeatTable table that the connector writes one row to every heartbeat interval
 */
public record DatabaseSettings(
    @DefaultValue("jdbc:postgresql://localhost:5432/freshcut") String jdbcUrl,
    @DefaultValue("freshcut_cdc") String username,
    @DefaultValue("") String password,
    @DefaultValue("freshcut") String slot,
    @DefaultValue("freshcut") String publication,
    @DefaultValue("public.cdc_heartbeat") String heartbeatTable) {
  private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");
  private static final Pattern PUBLICATION = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  /**
   * Checks form and bounds.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public DatabaseSettings {
    JdbcUrl.parse(jdbcUrl);
    if (username.isBlank()) {
      throw Check.refused("database.username", "is empty", "set it to the replication role");
    }
    Check.matches(
        "database.slot", slot, SLOT, "use 1 to 63 lower-case letters, digits and underscores");
    Check.matches(
        "database.publication",
        publication,
        PUBLICATION,
        "use 1 to 63 lower-case letters, digits and underscores");
    Check.matches(
        "database.heartbeat-table",
        heartbeatTable,
        ConnectorSettings.TABLE,
        "name it as schema.table, in plain identifiers");
  }

  /** The parts of {@link #jdbcUrl}. */
  public JdbcUrl url() {
    return JdbcUrl.parse(jdbcUrl);
  }

  /** Without the password and the URL's parameters, which may hold one. */
  @Override
  public String toString() {
    return "DatabaseSettings[username=" + username + ", slot=" + slot + "]";
  }
}
