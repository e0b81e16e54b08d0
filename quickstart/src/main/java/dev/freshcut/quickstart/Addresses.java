package dev.freshcut.quickstart;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param notifications base URL of the notification worker's actuator
 * @param inbox page that shows what was sent
 * @param smtp {@code host:port} of the inbox's mail server
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
    String notifications,
    String inbox,
    String smtp,
    List<User> users) {

  /**
   * Credentials of the demo.
   *
   * @param at which server takes them: postgres, or api, where the name is an email
   * @param role of a user of the API
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record User(String at, String name, String password, @Nullable String role) {
    User(String at, String name, String password) {
      this(at, name, password, null);
    }
  }
}
