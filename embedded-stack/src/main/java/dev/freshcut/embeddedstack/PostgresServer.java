package dev.freshcut.embeddedstack;

/** A running PostgreSQL 16 with logical WAL. */
public interface PostgresServer extends AutoCloseable {
  /** Host name or address. */
  String host();

  /** TCP port. */
  int port();

  /** The superuser's name. */
  String user();

  /** The superuser's password. */
  String password();

  /** JDBC URL of a database, without credentials; it need not exist. */
  default String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
  }

  /** Creates an empty database. */
  void createDatabase(String name);

  @Override
  void close();
}
