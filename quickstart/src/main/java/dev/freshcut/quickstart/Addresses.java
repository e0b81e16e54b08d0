package dev.freshcut.quickstart;

import java.util.List;

/**
 * Where everything listens.
 *
 * @param api base URL of the API
 * @param jdbcUrl of the database, complete with user and password
 * @param postgres {@code host:port}
 * @param redis {@code host:port}
 * @param kafka {@code host:port}
 * @param connector base URL of the change connector's actuator
 * @param worker base URL of the invalidation worker's actuator
 * @param users who may log in where
 */
record Addresses(
    String api,
    String jdbcUrl,
    String postgres,
    String redis,
    String kafka,
    String connector,
    String worker,
    List<User> users) {

  /**
   * Credentials of the demo.
   *
   * @param at which server takes them
   */
  record User(String at, String name, String password) {}
}
