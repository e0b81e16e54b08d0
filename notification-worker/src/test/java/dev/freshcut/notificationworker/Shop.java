package dev.freshcut.notificationworker;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** A location with one who cuts and one who comes. */
final class Shop {
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  final long id;
  final long barber;
  final long service;
  final long customer;
  private final WorkerFixture fixture;
  private final ZoneId zone;

  Shop(WorkerFixture fixture, ZoneId zone) {
    this.fixture = fixture;
    this.zone = zone;
    this.id = fixture.database.location("Fade", zone.getId());
    this.barber = fixture.database.barber(id);
    this.service = fixture.database.service(id);
    this.customer = fixture.database.customer(id, "grace");
  }

  /** At two in the afternoon there, so that no reminder falls into quiet hours. */
  Instant inDays(int days) {
    return fixture
        .clock
        .instant()
        .atZone(zone)
        .truncatedTo(ChronoUnit.DAYS)
        .plusDays(days)
        .withHour(14)
        .toInstant();
  }

  /** Books with a barber who is free. */
  long booked(Instant startsAt) {
    return booked(customer, startsAt, "confirmed");
  }

  long booked(long who, Instant startsAt, String status) {
    TestDatabase database = fixture.database;
    return database.appointment(id, database.barber(id), service, who, startsAt, status);
  }

  /** The id of a reminder's job. */
  static String reminder(long appointment, Instant startsAt, int minutes, String channel) {
    return "reminder:%d:%d:%d:%s"
        .formatted(appointment, startsAt.getEpochSecond(), minutes, channel);
  }
}
