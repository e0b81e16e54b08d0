package dev.freshcut.quickstart.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * How the demo's customers are reached: all have phones, with numbers that are kept free for films;
 * every fourth wants SMS as well, every third of the shop in Berlin German.
 */
final class Contacts {
  private static final List<String> STATEMENTS =
      List.of(
          """
          update customers c set phone = case l.time_zone
              when 'Europe/Berlin' then '+49 30 23125 ' || lpad(n::text, 3, '0')
              else '+1 212 555 01' || lpad(n::text, 2, '0') end
            from locations l,
              (select id, row_number() over (partition by location_id order by id) as n
                 from customers) as numbered
           where l.id = c.location_id and numbered.id = c.id
          """,
          """
          insert into notification_preferences (customer_id, location_id, language,
              sms_consent_at, sms_consent_source)
          select c.id, c.location_id,
                 case when l.time_zone = 'Europe/Berlin' and c.id % 3 = 0 then 'de' end,
                 case when c.id % 4 = 0 then now() end,
                 case when c.id % 4 = 0 then 'in_person' end
            from customers c join locations l on l.id = c.location_id
           where c.id % 4 = 0 or (l.time_zone = 'Europe/Berlin' and c.id % 3 = 0)
          """,
          """
          insert into notification_reply_addresses (location_id, reply_to)
          select id, 'desk' || id || '@example.com' from locations
          """);

  private Contacts() {}

  /** For customers that are there already. */
  static void load(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        statement.executeUpdate(sql);
      }
    }
  }
}
