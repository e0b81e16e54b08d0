package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.Shop;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A location with anything that can be in one, around a date. */
final class RandomShop {
  private static final List<String> STATUSES =
      List.of(
          "pending",
          "confirmed",
          "completed",
          "completed",
          "completed",
          "completed",
          "no_show",
          "cancelled");

  private final JdbcClient sql;
  private final Random random;
  private final ZoneId zone;
  private final LocalDate first;
  private final int days;
  private long id;

  RandomShop(JdbcClient sql, Random random, ZoneId zone, LocalDate first, int days) {
    this.sql = sql;
    this.random = random;
    this.zone = zone;
    this.first = first;
    this.days = days;
  }

  long make() {
    id =
        Shop.id(
            sql,
            "INSERT INTO locations (name, time_zone) VALUES ('Random', ?) RETURNING id",
            zone.getId());
    List<Long> services = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      services.add(
          Shop.id(
              sql,
              """
              INSERT INTO services (location_id, name, duration_minutes, price_minor, currency)
              VALUES (?, ?, ?, ?, ?) RETURNING id
              """,
              id,
              "Service " + i,
              15 + 15 * random.nextInt(4),
              (long) random.nextInt(5000),
              i == 0 ? "USD" : "EUR"));
    }
    List<Long> customers = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      customers.add(
          Shop.id(
              sql,
              "INSERT INTO customers (location_id, name, email) VALUES (?, 'C', ?) RETURNING id",
              id,
              i + "@example.org"));
    }
    for (int i = 0; i < 3; i++) {
      barber(i, services, customers);
    }
    for (int i = 0; i < 4; i++) {
      LocalDate day = first.plusDays(random.nextInt(days));
      boolean closed = random.nextBoolean();
      sql.sql(
              """
              INSERT INTO special_days (location_id, local_date, opens_at, closes_at)
              VALUES (?, ?, ?::time, ?::time) ON CONFLICT DO NOTHING
              """)
          .params(id, day)
          .param(closed ? null : "0%d:30".formatted(random.nextInt(10)))
          .param(closed ? null : random.nextBoolean() ? "24:00" : "15:15")
          .update();
      absence("blackouts (location_id, starts_at, ends_at) VALUES (?, ?, ?)", null);
    }
    payments();
    return id;
  }

  private void barber(int number, List<Long> services, List<Long> customers) {
    long barber =
        Shop.id(
            sql,
            "INSERT INTO barbers (location_id, name, active) VALUES (?, ?, ?) RETURNING id",
            id,
            "Barber " + number,
            number < 2 || random.nextBoolean());
    for (int weekday = 1; weekday <= 7; weekday++) {
      int shape = random.nextInt(4);
      if (shape == 0) {
        hours(barber, weekday, "00:00", "24:00");
      } else if (shape == 1) {
        hours(barber, weekday, "00:15", "02:15");
        hours(barber, weekday, "02:15", "11:00");
        hours(barber, weekday, "13:30", "23:45");
      } else if (shape == 2) {
        hours(barber, weekday, "01:30", "02:30");
        hours(barber, weekday, "09:00", "17:00");
      }
    }
    for (int i = 0; i < 4; i++) {
      absence("time_off (location_id, barber_id, starts_at, ends_at) VALUES (?, ?, ?, ?)", barber);
    }
    for (int day = 0; day < days; day++) {
      LocalTime at = LocalTime.of(random.nextInt(3), 15 * random.nextInt(4));
      for (int i = random.nextInt(4); i > 0; i--) {
        LocalDateTime local = first.plusDays(day).atTime(at);
        appointment(
            barber,
            services.get(random.nextInt(services.size())),
            customers.get(random.nextInt(customers.size())),
            local.atZone(zone).toInstant());
        at = at.plusMinutes(60 + 15L * random.nextInt(20));
        if (at.isBefore(local.toLocalTime()) || at.getHour() > 21) {
          break;
        }
      }
    }
  }

  private void hours(long barber, int weekday, String opens, String closes) {
    sql.sql(
            """
            INSERT INTO working_hours (location_id, barber_id, weekday, opens_at, closes_at)
            VALUES (?, ?, ?, ?::time, ?::time)
            """)
        .params(id, barber, weekday, opens, closes)
        .update();
  }

  private void absence(String into, @Nullable Long barber) {
    Instant from = instant();
    List<Object> values = new ArrayList<>(List.of(id));
    if (barber != null) {
      values.add(barber);
    }
    values.add(utc(from));
    values.add(utc(from.plusSeconds(60L * (1 + random.nextInt(3000)))));
    sql.sql("INSERT INTO " + into).params(values).update();
  }

  private void appointment(long barber, long service, long customer, Instant at) {
    String status = STATUSES.get(random.nextInt(STATUSES.size()));
    sql.sql(
            """
            INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at,
              status)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT ON CONSTRAINT appointments_no_overlap DO NOTHING
            """)
        .params(id, barber, service, customer, utc(at), status)
        .update();
  }

  /** Most appointments are paid, some in parts; many about the location's midnight. */
  private void payments() {
    record Priced(long id, long price, String currency) {}
    List<Priced> all =
        sql.sql("SELECT id, price_minor, currency FROM appointments WHERE location_id = ?")
            .param(id)
            .query(
                (row, n) ->
                    new Priced(
                        row.getLong("id"), row.getLong("price_minor"), row.getString("currency")))
            .list();
    for (Priced each : all) {
      long left = each.price();
      for (int i = random.nextInt(3); i > 0 && left > 0; i--) {
        long amount = 1 + random.nextLong(left);
        left -= amount;
        long tip = random.nextInt(3) == 0 ? random.nextInt(500) : 0;
        String status =
            List.of("settled", "settled", "settled", "pending", "failed").get(random.nextInt(5));
        Instant at = instant();
        long paid = pay(each.id(), each.currency(), "payment", null, status, amount + tip, tip, at);
        if (status.equals("settled") && random.nextInt(4) == 0) {
          long back = 1 + random.nextLong(amount);
          pay(
              each.id(),
              each.currency(),
              "refund",
              paid,
              random.nextInt(4) == 0 ? "pending" : "settled",
              back + tip,
              tip,
              Stream.of(at, instant()).max(Comparator.naturalOrder()).orElseThrow());
        }
      }
    }
  }

  private long pay(
      long appointment,
      String currency,
      String kind,
      @Nullable Long refundOf,
      String status,
      long amount,
      long tip,
      Instant paidAt) {
    return sql.sql(
            """
            INSERT INTO payments (location_id, appointment_id, kind, refund_of, method, status,
              amount_minor, tip_minor, currency, paid_at)
            VALUES (:location, :appointment, :kind, :refundOf, 'card', :status, :amount, :tip,
              :currency, :paidAt)
            RETURNING id
            """)
        .param("location", id)
        .param("appointment", appointment)
        .param("kind", kind)
        .param("refundOf", refundOf)
        .param("status", status)
        .param("amount", amount)
        .param("tip", tip)
        .param("currency", currency)
        .param("paidAt", status.equals("settled") ? utc(paidAt) : null)
        .query(Long.class)
        .single();
  }

  /** A whole minute; every other time within five of a midnight. */
  private Instant instant() {
    Instant midnight = first.plusDays(random.nextInt(days)).atStartOfDay(zone).toInstant();
    return midnight.plusSeconds(
        60L * (random.nextBoolean() ? random.nextInt(11) - 5 : random.nextInt(24 * 60)));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
