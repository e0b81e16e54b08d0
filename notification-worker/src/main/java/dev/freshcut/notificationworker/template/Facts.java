package dev.freshcut.notificationworker.template;

import dev.freshcut.notificationworker.sending.Appointment;
import dev.freshcut.notificationworker.sending.Content;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.Notification;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The variables that texts are filled from: of one message, in one language. */
final class Facts {
  private final Map<String, String> values = new HashMap<>();
  private final Bundle bundle;
  private final Writing writing;
  private final ZoneId reader;
  private final ZoneId place;
  private final UnaryOperator<String> names;

  /**
   * Of a message.
   *
   * @param names what is done to what people typed
   */
  Facts(Bundle bundle, Writing writing, Notification message, UnaryOperator<String> names) {
    this.bundle = bundle;
    this.writing = writing;
    this.reader = message.recipient().zone();
    this.place = message.location().zone();
    this.names = names;
    name("customer", message.recipient().name());
    name("location", message.location().name());
    switch (message.content()) {
      case Content.OfAppointment of -> {
        appointment(of.appointment(), message.location().name());
        if (of.kind() != Kind.CANCELLED) {
          price(of.appointment());
        }
      }
      case Content.Offer offer -> {
        appointment(offer.appointment(), message.location().name());
        price(offer.appointment());
        put("until", at(offer.until(), reader));
      }
      case Content.DisabledWebhook disabled -> {
        name("url", disabled.url());
        name("reason", disabled.reason());
      }
    }
  }

  Map<String, String> values() {
    return values;
  }

  private void appointment(Appointment appointment, String where) {
    name("where", where);
    name("service", appointment.service());
    name("barber", appointment.barber());
    put("at", at(appointment.startsAt(), reader));
    put("when", span(appointment, reader));
    if (!sameClock(appointment.startsAt())) {
      put("atLocation", span(appointment, place));
    }
  }

  private void price(Appointment appointment) {
    writing
        .money(appointment.priceMinor(), appointment.currency())
        .ifPresent(price -> put("price", price));
  }

  /** Such as Sat 21 Nov, 2:30 PM. */
  private String at(Instant instant, ZoneId zone) {
    ZonedDateTime at = instant.atZone(zone);
    Map<String, String> parts = new HashMap<>();
    parts.put("day", writing.shortDay(at));
    parts.put("time", writing.time(at));
    parts.put("zone", writing.shortZone(at));
    return bundle.text(needsZone(at) ? "at.zone" : "at", parts);
  }

  private String span(Appointment appointment, ZoneId zone) {
    ZonedDateTime from = appointment.startsAt().atZone(zone);
    ZonedDateTime to = appointment.endsAt().atZone(zone);
    Map<String, String> parts = new HashMap<>();
    parts.put("day", writing.day(from));
    parts.put("from", writing.time(from));
    parts.put("to", writing.time(to));
    parts.put("zone", writing.zone(from));
    return bundle.text(needsZone(from) || needsZone(to) ? "span.zone" : "span", parts);
  }

  /**
   * Whether the clock's hand alone does not tell when it is: clocks at the other place show another
   * time, or these show it twice, in the night in which they are put back.
   */
  private boolean needsZone(ZonedDateTime at) {
    return !sameClock(at.toInstant())
        || at.getZone().getRules().getValidOffsets(at.toLocalDateTime()).size() > 1;
  }

  private boolean sameClock(Instant at) {
    return reader.getRules().getOffset(at).equals(place.getRules().getOffset(at));
  }

  private void name(String key, String typed) {
    put(key, names.apply(Clean.line(typed)));
  }

  private void put(String key, String value) {
    if (value.isBlank()) {
      throw new TemplateException("'" + key + "' is empty: it would leave a hole in the text");
    }
    values.put(key, value);
  }
}
