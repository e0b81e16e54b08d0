package dev.freshcut.notificationworker.email;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.parameter.PartStat;
import net.fortuna.ical4j.model.parameter.Role;
import net.fortuna.ical4j.model.parameter.Rsvp;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * An appointment for the recipient's calendar (RFC 5545, 5546). Later ones of the same uid with a
 * higher sequence take the place of those before. Times are instants, so that no change of a zone's
 * rules moves them.
 *
 * @param uid names the entry, always the same
 * @param sequence only grows
 * @param summary what it is called
 * @param location where it is
 * @param organizer who invites; answers are not asked for
 * @param attendee who is invited
 * @param written when it was
 */
record Invitation(
    Method method,
    String uid,
    long sequence,
    Instant startsAt,
    Instant endsAt,
    String summary,
    String location,
    Person organizer,
    Person attendee,
    Instant written) {
  /** What the calendar is to do. */
  enum Method {
    /** Add or change the entry. */
    REQUEST,
    /** Take it away. */
    CANCEL
  }

  /** Somebody with an email address. */
  record Person(String name, String address) {}

  /** As in the message; lines end in CRLF. */
  String text() {
    VEvent event = new VEvent(false);
    event.add(new Uid(uid));
    event.add(new DtStamp(written));
    event.add(new Sequence(Math.toIntExact(sequence)));
    event.add(new DtStart<>(startsAt));
    event.add(new DtEnd<>(endsAt));
    event.add(new Summary(summary));
    event.add(new Location(location));
    event.add(
        method == Method.CANCEL
            ? ImmutableStatus.VEVENT_CANCELLED
            : ImmutableStatus.VEVENT_CONFIRMED);
    event.add(inviter());
    event.add(invited());
    Calendar calendar = new Calendar();
    calendar.add(new ProdId("-//Freshcut//Notifications//EN"));
    calendar.add(ImmutableVersion.VERSION_2_0);
    calendar.add(method == Method.CANCEL ? ImmutableMethod.CANCEL : ImmutableMethod.REQUEST);
    calendar.add(event);
    StringWriter text = new StringWriter();
    try {
      new CalendarOutputter().output(calendar, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private Organizer inviter() {
    Organizer property = new Organizer(mailto(organizer.address()));
    property.add(new Cn(organizer.name()));
    return property;
  }

  private Attendee invited() {
    Attendee property = new Attendee(mailto(attendee.address()));
    property.add(new Cn(attendee.name()));
    property.add(Role.REQ_PARTICIPANT);
    property.add(PartStat.ACCEPTED);
    property.add(Rsvp.FALSE);
    return property;
  }

  private static URI mailto(String address) {
    try {
      return new URI("mailto", address, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not an address", e);
    }
  }
}
