package dev.freshcut.notificationworker;

import dev.freshcut.notificationworker.sending.Appointment;
import dev.freshcut.notificationworker.sending.Content;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.Location;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.Recipient;
import dev.freshcut.notificationworker.timing.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;

/** Messages to send. */
public record Samples(
    String name,
    String email,
    String phone,
    Locale language,
    ZoneId zone,
    String location,
    String service,
    String barber,
    Instant startsAt) {
  public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** The quiet hours of a location that has no others. */
  public static final QuietHours NIGHT = new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0));

  /** Ada has a haircut at two in the afternoon in Berlin. */
  public static Samples plain() {
    return new Samples(
        "Ada Byron",
        "ada@example.org",
        "+49 30 901820",
        Locale.ENGLISH,
        BERLIN,
        "Fade & Sons",
        "Haircut",
        "Luca",
        Instant.parse("2027-01-15T13:00:00Z"));
  }

  public Samples in(Locale other) {
    return new Samples(name, email, phone, other, zone, location, service, barber, startsAt);
  }

  public Samples readBy(ZoneId other) {
    return new Samples(name, email, phone, language, other, location, service, barber, startsAt);
  }

  public Samples named(String other) {
    return new Samples(other, email, phone, language, zone, location, service, barber, startsAt);
  }

  public Samples to(String address) {
    return new Samples(name, address, phone, language, zone, location, service, barber, startsAt);
  }

  public Samples calling(String number) {
    return new Samples(name, email, number, language, zone, location, service, barber, startsAt);
  }

  public Samples at(Instant other) {
    return new Samples(name, email, phone, language, zone, location, service, barber, other);
  }

  /** Everything that somebody typed is this. */
  public Samples typed(String text) {
    return new Samples(text, email, phone, language, zone, text, text, text, startsAt);
  }

  /** One of each kind. */
  public Notification of(Kind kind) {
    return of(kind.text() + ":42:7:email", kind, 7);
  }

  public Notification of(String id, Kind kind, long version) {
    Appointment appointment =
        new Appointment(
            42,
            version,
            startsAt,
            startsAt.plus(Duration.ofMinutes(45)),
            service,
            barber,
            3_500,
            "EUR");
    Content content =
        switch (kind) {
          case OFFERED -> new Content.Offer(appointment, startsAt.minus(Duration.ofHours(3)));
          case WEBHOOK_DISABLED ->
              new Content.DisabledWebhook(
                  9, "https://hooks.example.org/freshcut", "answered 500 in 5 deliveries");
          case REQUESTED, CONFIRMED, MOVED, CANCELLED, REMINDER ->
              new Content.OfAppointment(kind, appointment, kind != Kind.REQUESTED);
        };
    return new Notification(
        id,
        content,
        new Recipient(5L, name, email, phone, language, zone),
        new Location(3, location, BERLIN, "hello@fade.example"));
  }
}
