package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the search offers can be booked, and what it does not offer is refused: on the days on which
 * the clock changes, among appointments at random times.
 */
class SlotsCanBeBookedIT {
  private static final String APPOINTMENTS = "/api/v1/appointments";
  private static final Duration STEP = Duration.ofMinutes(30);
  private static ApiFixture api;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Paris", "America/New_York", "Australia/Lord_Howe"})
  void offersAndBookingsAgree(String zone) {
    long seed = new Random().nextLong();
    System.Logger log = System.getLogger("test");
    log.log(System.Logger.Level.INFO, "{0}: seed {1}", zone, Long.toString(seed));
    Random random = new Random(seed);
    Shop shop = Shop.open(api.sql(), zone);
    api.sql()
        .sql("UPDATE working_hours SET opens_at = '00:00', closes_at = '24:00' WHERE barber_id = ?")
        .param(shop.anna())
        .update();
    // The second change of the clock from now on may be more than a year away.
    api.sql()
        .sql("UPDATE booking_settings SET horizon_days = 730 WHERE location_id = ?")
        .param(shop.id())
        .update();
    Instant from = Clock.systemUTC().instant().plus(Duration.ofDays(1));
    for (int change = 0; change < 2; change++) {
      ZoneOffsetTransition next = ZoneId.of(zone).getRules().nextTransition(from);
      LocalDate day = next.getDateTimeBefore().toLocalDate();
      fill(shop, day, random);

      Set<Instant> offered = offered(shop, day);
      assertThat(offered).as("%s %s seed %d", zone, day, seed).isNotEmpty();
      for (Instant start = day.atStartOfDay(shop.zone()).toInstant();
          start.isBefore(day.plusDays(1).atStartOfDay(shop.zone()).toInstant());
          start = start.plus(STEP)) {
        assertThat(canBeBooked(shop, start))
            .as("%s %s seed %d", zone, start.atZone(shop.zone()), seed)
            .isEqualTo(offered.contains(start));
      }
      from = next.getInstant();
    }
  }

  /** Some appointments; those that do not fit are refused and left out. */
  private static void fill(Shop shop, LocalDate day, Random random) {
    for (int i = 0; i < 6; i++) {
      Instant start =
          day.atStartOfDay(shop.zone()).toInstant().plus(Duration.ofMinutes(random.nextInt(1440)));
      api.post(APPOINTMENTS, booking(shop, start));
    }
  }

  private static Set<Instant> offered(Shop shop, LocalDate day) {
    Set<Instant> starts = new HashSet<>();
    Reply reply = api.get(shop.slots(day, shop.anna()) + "&zone=Asia/Kathmandu");
    reply
        .json()
        .path("slots")
        .forEach(
            slot -> starts.add(OffsetDateTime.parse(slot.path("startsAt").asString()).toInstant()));
    return starts;
  }

  private static boolean canBeBooked(Shop shop, Instant start) {
    Reply reply = api.post(APPOINTMENTS, booking(shop, start));
    if (reply.status() == 201) {
      api.post(reply.header("Location") + "/cancel", "");
      return true;
    }
    assertThat(reply.code()).isIn("slot-taken", "crosses-midnight");
    return false;
  }

  private static String booking(Shop shop, Instant start) {
    return """
    {"locationId": %d, "barberId": %d, "serviceId": %d, "startsAt": "%s",
     "customer": {"name": "Zoë", "email": "zoe@example.org"}}
    """
        .formatted(shop.id(), shop.anna(), shop.cut(), start);
  }
}
