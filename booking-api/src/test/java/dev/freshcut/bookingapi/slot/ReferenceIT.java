package dev.freshcut.bookingapi.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Shop;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Random rows against {@link ReferenceCase}: what {@link DayPlans} makes of them. Beside the rows
 * of the case are others that look like them and must not count.
 */
class ReferenceIT {
  private static final int ROUNDS = 60;
  private static ApiFixture api;
  private static JdbcClient sql;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
    sql = api.sql();
  }

  @Test
  void whatIsLoadedAgreesWithTheReference() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.getLogger("test")
        .log(System.Logger.Level.INFO, "reference in a database: -Dseed={0}", "" + seed);
    Random random = new Random(seed);
    int slots = 0;
    for (int round = 0; round < Integer.getInteger("rounds", ROUNDS); round++) {
      ReferenceCase wanted = ReferenceCase.random(random);
      Shop shop = Shop.open(sql, wanted.zone().getId());
      sql.sql("DELETE FROM working_hours WHERE barber_id = ?").param(shop.anna()).update();
      ReferenceCase one = wanted.with(write(wanted, shop, random));

      for (BarberChoice choice : List.of(BarberChoice.of(shop.anna()), BarberChoice.any())) {
        Calendar calendar =
            api.bean(DayPlans.class)
                .load(shop.id(), one.zone(), choice, around(one.date(), random), null);
        List<Instant> found =
            ReferenceCase.starts(calendar.day(shop.anna(), one.date()), one.terms(), one.step());

        assertThat(found).as("seed %d round %d: %s", seed, round, one).isEqualTo(one.starts());
        slots += found.size();
      }
    }
    assertThat(slots).as("slots in all, seed %d", seed).isPositive();
  }

  /** The date and others, some with a gap between. */
  private static SortedSet<LocalDate> around(LocalDate date, Random random) {
    return new TreeSet<>(
        List.of(date.minusDays(random.nextInt(3)), date, date.plusDays(random.nextInt(5))));
  }

  /** Writes the case as Anna's; returns the times of the appointments that could be made. */
  private static List<TimeRange> write(ReferenceCase one, Shop shop, Random random) {
    int weekday = one.date().getDayOfWeek().getValue();
    for (LocalHours hours : one.hours()) {
      hours(shop, weekday, hours);
    }
    hours(shop, weekday % 7 + 1, new LocalHours(0, 1440));
    if (one.isSpecial()) {
      special(shop, 0, one, one.special());
    }
    special(shop, 1, one, null);
    one.timeOff().forEach(range -> timeOff(shop, shop.anna(), range));
    timeOff(shop, shop.ben(), Calendar.dayOf(one.date(), one.date(), one.zone()));
    one.blackouts().forEach(range -> blackout(shop, range));
    blackout(
        Shop.open(sql, one.zone().getId()), Calendar.dayOf(one.date(), one.date(), one.zone()));
    return one.taken().stream()
        .filter(
            range -> {
              appointment(shop, shop.ben(), range, "confirmed");
              if (random.nextInt(4) == 0) {
                appointment(shop, shop.anna(), range, "cancelled");
                return false;
              }
              List<String> statuses = List.of("held", "pending", "confirmed", "completed");
              return appointment(
                  shop, shop.anna(), range, statuses.get(random.nextInt(statuses.size())));
            })
        .toList();
  }

  private static void hours(Shop shop, int weekday, LocalHours hours) {
    sql.sql(
            """
            INSERT INTO working_hours (location_id, barber_id, weekday, opens_at, closes_at)
            VALUES (?, ?, ?, ?::time, ?::time)
            """)
        .params(
            shop.id(), shop.anna(), weekday, time(hours.opensMinute()), time(hours.closesMinute()))
        .update();
  }

  private static void special(Shop shop, int days, ReferenceCase one, @Nullable LocalHours hours) {
    sql.sql(
            """
            INSERT INTO special_days (location_id, local_date, opens_at, closes_at)
            VALUES (?, ?, ?::time, ?::time)
            """)
        .param(shop.id())
        .param(one.date().plusDays(days))
        .param(hours == null ? null : time(hours.opensMinute()))
        .param(hours == null ? null : time(hours.closesMinute()))
        .update();
  }

  private static void timeOff(Shop shop, long barber, TimeRange range) {
    sql.sql(
            """
            INSERT INTO time_off (location_id, barber_id, starts_at, ends_at)
            VALUES (?, ?, ?, ?)
            """)
        .params(shop.id(), barber, at(range.from()), at(range.until()))
        .update();
  }

  private static void blackout(Shop shop, TimeRange range) {
    sql.sql("INSERT INTO blackouts (location_id, starts_at, ends_at) VALUES (?, ?, ?)")
        .params(shop.id(), at(range.from()), at(range.until()))
        .update();
  }

  /** False if the database refuses it: it overlaps another, or goes over midnight. */
  private static boolean appointment(Shop shop, long barber, TimeRange range, String status) {
    try {
      sql.sql(
              """
              WITH c AS (INSERT INTO customers (location_id, name, email)
                VALUES (:shop, 'A', gen_random_uuid() || '@example.org') RETURNING id)
              INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at,
                ends_at, busy_from, busy_until, status, hold_expires_at)
              SELECT :shop, :barber, :cut, c.id, :from, :until, :from, :until, :status,
                CASE :status WHEN 'held' THEN now() + interval '1 hour' END
              FROM c
              """)
          .param("shop", shop.id())
          .param("barber", barber)
          .param("cut", shop.cut())
          .param("from", at(range.from()))
          .param("until", at(range.until()))
          .param("status", status)
          .update();
      return true;
    } catch (DataIntegrityViolationException e) {
      return false;
    }
  }

  private static String time(int minute) {
    return minute == 1440 ? "24:00" : LocalTime.ofSecondOfDay(minute * 60L).toString();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
