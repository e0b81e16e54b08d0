package dev.freshcut.quickstart.demo;

import dev.freshcut.bookingapi.security.Passwords;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can log in to the demo.
 *
 * @param role client, barber, owner or operator
 * @param password for everybody to know
 */
public record DemoUser(String role, String name, String email, String password) {
  private static final String PASSWORD = "freshcut-demo";

  /** One of each role; the client is a customer of both shops. */
  static final List<DemoUser> ALL =
      List.of(
          new DemoUser("client", "Ada Novak", "ada.novak@example.com", PASSWORD),
          new DemoUser("barber", "Jonas", "jonas@example.com", PASSWORD),
          new DemoUser("owner", "Frida", "frida@example.com", PASSWORD),
          new DemoUser("operator", "Otto", "otto@example.com", PASSWORD));

  /** Loads them; the barber and the owner work at this location. */
  static void load(Connection connection, long location, long barber) throws SQLException {
    String hash = new Passwords().hash(PASSWORD);
    for (DemoUser user : ALL) {
      boolean works = user.role.equals("barber") || user.role.equals("owner");
      user.load(
          connection, hash, works ? location : null, user.role.equals("barber") ? barber : null);
    }
  }

  private void load(
      Connection connection, String hash, @Nullable Long location, @Nullable Long barber)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            with made as (insert into users (role, location_id, barber_id) values (?, ?, ?)
                returning id),
              identity as (insert into user_identities (user_id, name, email, password_hash)
                select id, ?, ?, ? from made)
            update customers set user_id = made.id from made where email = ?
            """)) {
      statement.setString(1, role);
      statement.setObject(2, location, java.sql.Types.BIGINT);
      statement.setObject(3, barber, java.sql.Types.BIGINT);
      statement.setString(4, name);
      statement.setString(5, email);
      statement.setString(6, hash);
      statement.setString(7, email);
      statement.executeUpdate();
    }
  }
}
