package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.quickstart.Location.Slots;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that change behind the API's back evict the answers that they touch, and no others. */
@ExtendWith(RunningPlatform.class)
class SqlChangesIT {
  private static final String ANY = "any";

  private final Platform platform;
  private final Location location;
  private final String anna;
  private final String bert;
  private final LocalDate monday;
  private final LocalDate tuesday;

  SqlChangesIT(Platform platform) throws SQLException {
    this.platform = platform;
    this.location = Location.create(platform);
    this.anna = Long.toString(location.barbers.get(0));
    this.bert = Long.toString(location.barbers.get(1));
    this.monday = location.day(7);
    this.tuesday = location.day(8);
    location.awaitEvictions();
  }

  @Test
  void anInsertEvictsItsDayOfItsBarber() throws SQLException {
    OffsetDateTime ten = location.at(monday, 10);
    assertThat(location.cachedSlots(anna, monday).offers(ten)).isTrue();
    cacheOthersThan(anna, monday);

    location.appointment(Long.parseLong(anna), ten);
    Committed insert = Committed.now("insert");

    assertThat(awaitMiss(insert, anna, monday).offers(ten)).isFalse();
    assertHit(bert, monday);
    assertHit(anna, tuesday);
    assertHit(bert, tuesday);
    assertHit(ANY, tuesday);
    assertThat(location.cachedSlots(ANY, monday).offers(ten)).as("of Bert").isTrue();
    assertThat(location.cachedSlots(anna, monday).offers(ten)).isFalse();
  }

  @Test
  void aMoveEvictsBothDaysOfBothBarbers() throws SQLException {
    OffsetDateTime before = location.at(monday, 10);
    OffsetDateTime after = location.at(tuesday, 12);
    long appointment = location.appointment(Long.parseLong(anna), before);
    location.awaitEvictions();
    for (String barber : new String[] {anna, bert, ANY}) {
      location.cachedSlots(barber, monday);
      location.cachedSlots(barber, tuesday);
    }

    location.sql(
        "update appointments set starts_at = ?, barber_id = ? where id = ?",
        after,
        Long.parseLong(bert),
        appointment);
    Committed move = Committed.now("move");

    assertThat(awaitMiss(move, anna, monday).offers(before)).isTrue();
    assertThat(awaitMiss(move, bert, tuesday).offers(after)).isFalse();
    assertHit(anna, tuesday);
    assertHit(bert, monday);
  }

  @Test
  void aDeleteEvictsItsDayOfItsBarber() throws SQLException {
    OffsetDateTime ten = location.at(monday, 10);
    long appointment = location.appointment(Long.parseLong(anna), ten);
    location.awaitEvictions();
    assertThat(location.cachedSlots(anna, monday).offers(ten)).isFalse();
    cacheOthersThan(anna, monday);

    location.sql("delete from appointments where id = ?", appointment);
    Committed delete = Committed.now("delete");

    awaitMiss(delete, ANY, monday);
    assertThat(location.cachedSlots(anna, monday).offers(ten)).isTrue();
    assertHit(bert, monday);
    assertHit(anna, tuesday);
  }

  @Test
  void aTruncateEvictsAllThatTheTableCouldReach() throws SQLException {
    OffsetDateTime ten = location.at(monday, 10);
    location.appointment(Long.parseLong(anna), ten);
    Location elsewhere = Location.create(platform);
    elsewhere.awaitEvictions();
    assertThat(location.cachedSlots(anna, monday).offers(ten)).isFalse();
    elsewhere.cachedSlots(ANY, tuesday);
    awaitHit("/api/v1/locations/" + location.id + "/business-hours");

    // And what refers to them.
    location.sql("truncate appointments cascade");
    Committed truncate = Committed.now("truncate");

    assertThat(awaitMiss(truncate, anna, monday).offers(ten)).isTrue();
    awaitMiss(truncate, elsewhere, ANY, tuesday);
    Http.Reply hours =
        await("readers to use the cache")
            .atMost(Location.PATIENCE)
            .until(
                () -> get("/api/v1/locations/" + location.id + "/business-hours"),
                it -> !it.bypassed());
    assertThat(hours.hit()).isTrue();
  }

  @Test
  void aTransactionOfFiftyThousandRowsEvictsAllThatItTouches() throws SQLException {
    Location big = Location.create(platform, 50);
    long first = big.barbers.getFirst();
    long last = big.barbers.getLast();
    LocalDate start = big.day(2);
    LocalDate end = start.plusDays(249);
    OffsetDateTime ten = big.at(end, 10);
    big.awaitEvictions();
    big.cachedSlots(first, start);
    assertThat(big.cachedSlots(last, end).offers(ten)).isTrue();
    big.cachedSlots(ANY, start.plusDays(100));
    big.cachedSlots(ANY, end.plusDays(1));
    location.cachedSlots(anna, monday);

    int rows =
        big.sql(
            """
            insert into appointments
                (location_id, barber_id, service_id, customer_id, starts_at)
              select b.location_id, b.id, ?, ?, (day + make_interval(hours => hour)) at time zone ?
                from barbers b, generate_series(?::timestamp, ?::timestamp, '1 day') day,
                     generate_series(10, 13) hour
               where b.location_id = ?
            """,
            big.service,
            big.customer,
            Location.ZONE.getId(),
            start.atStartOfDay(),
            end.atStartOfDay(),
            big.id);
    Committed insert = Committed.now("50,000 rows");

    assertThat(rows).isEqualTo(50_000);
    awaitMiss(insert, big, Long.toString(first), start);
    awaitMiss(insert, big, ANY, start.plusDays(100));
    assertThat(awaitMiss(insert, big, Long.toString(last), end).offers(ten)).isFalse();
    assertThat(big.askedOfCache(ANY, end.plusDays(1)).reply().hit()).isTrue();
    assertHit(anna, monday);
  }

  @Test
  void aColumnThatMattersToNobodyEvictsNothing() throws SQLException {
    long appointment = location.appointment(Long.parseLong(anna), location.at(monday, 10));
    location.awaitEvictions();
    for (String barber : new String[] {anna, bert, ANY}) {
      location.cachedSlots(barber, monday);
    }

    assertThat(
            location.sql(
                "update appointments set price_minor = 1, version = version + 1" + " where id = ?",
                appointment))
        .isEqualTo(1);
    location.awaitEvictions();

    assertHit(anna, monday);
    assertHit(bert, monday);
    assertHit(ANY, monday);
  }

  private void cacheOthersThan(String barber, LocalDate day) {
    for (String other : new String[] {anna, bert, ANY}) {
      for (LocalDate date : new LocalDate[] {monday, tuesday}) {
        if (!other.equals(barber) || !date.equals(day)) {
          location.cachedSlots(other, date);
        }
      }
    }
  }

  private void assertHit(String barber, LocalDate day) {
    assertThat(location.askedOfCache(barber, day).reply().cacheStatus())
        .startsWith("freshcut; hit");
  }

  private Slots awaitMiss(Committed change, String barber, LocalDate day) {
    return awaitMiss(change, location, barber, day);
  }

  /** Prints how long the cached answer still stood after the commit. */
  private static Slots awaitMiss(
      Committed change, Location location, String barber, LocalDate day) {
    Slots slots =
        await("an eviction by " + change.name())
            .atMost(Location.PATIENCE)
            .pollDelay(Duration.ZERO)
            // Closely at first; what takes longer needs the processors itself.
            .pollInterval((looks, last) -> Duration.ofMillis(looks < 200 ? 1 : 50))
            .until(() -> location.slots(barber, day), it -> !it.reply().hit());
    System.out.printf(
        "commit -> evicted and answered anew, %s: %.1f ms%n",
        change.name(), (System.nanoTime() - change.nanos()) / 1e6);
    return slots;
  }

  /** A change that has just been committed. */
  private record Committed(String name, long nanos) {
    static Committed now(String name) {
      return new Committed(name, System.nanoTime());
    }
  }

  private Http.Reply get(String path) {
    return location.http().get(path);
  }

  private void awaitHit(String path) {
    await().atMost(Location.PATIENCE).until(() -> get(path).hit());
  }
}
