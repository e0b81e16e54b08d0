package dev.freshcut.notificationworker.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.Samples;
import dev.freshcut.notificationworker.sending.Content;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.SendResult;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailSenderIT {
  private MailFixture mail;
  private EmailSender sender;

  @BeforeEach
  void start() throws IOException {
    mail = new MailFixture();
    sender = mail.sender(EmailSettings.Security.NONE);
  }

  @AfterEach
  void stop() throws IOException {
    sender.close();
    mail.close();
  }

  @Test
  void confirmationHasTextHtmlAndAnEntryForTheCalendar() throws Exception {
    assertThat(sender.send(Samples.plain().of(Kind.CONFIRMED)))
        .isEqualTo(new SendResult.Sent("<confirmed=3A42=3A7=3Aemail@fade.example>"));

    MimeMessage message = only();
    assertThat(message.getMessageID()).isEqualTo("<confirmed=3A42=3A7=3Aemail@fade.example>");
    assertThat(message.getSubject())
        .isEqualTo("Confirmed: Haircut at Fade & Sons, Fri 15 Jan, 2:00 PM");
    assertThat(message.getFrom()[0]).hasToString("Fade & Sons <bookings@fade.example>");
    assertThat(message.getAllRecipients()).hasSize(1);
    assertThat(message.getReplyTo()[0]).hasToString("hello@fade.example");
    assertThat(message.getSentDate()).isEqualTo(MailFixture.NOW);
    assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    assertThat(message.getHeader("List-Unsubscribe")).isNull();
    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getCount()).isEqualTo(3);
    assertThat(parts.getBodyPart(0).getContentType())
        .isEqualToIgnoringCase("text/plain; charset=UTF-8");
    assertThat(text(parts.getBodyPart(0))).contains("Hello Ada Byron,", "2:00 PM to 2:45 PM");
    assertThat(text(parts.getBodyPart(1))).contains("<html", "Hello Ada Byron,");
    assertThat(parts.getBodyPart(2).getContentType()).contains("text/calendar", "method=REQUEST");

    Calendar calendar = calendar(parts.getBodyPart(2));
    VEvent event = event(calendar);
    assertThat(method(calendar)).isEqualTo("REQUEST");
    assertThat(value(event, "UID")).isEqualTo("appointment-42@fade.example");
    assertThat(value(event, "SEQUENCE")).isEqualTo("7");
    assertThat(value(event, "DTSTART")).isEqualTo("20270115T130000Z");
    assertThat(value(event, "DTEND")).isEqualTo("20270115T134500Z");
    assertThat(value(event, "DTSTAMP")).isEqualTo("20270110T080000Z");
    assertThat(value(event, "SUMMARY")).isEqualTo("Haircut with Luca");
    assertThat(value(event, "LOCATION")).isEqualTo("Fade & Sons");
    assertThat(value(event, "STATUS")).isEqualTo("CONFIRMED");
    assertThat(value(event, "ORGANIZER")).isEqualTo("mailto:bookings@fade.example");
    assertThat(value(event, "ATTENDEE")).isEqualTo("mailto:ada@example.org");
    assertThat(event.getComponentList().getAll()).as("alarms").isEmpty();
  }

  @Test
  void laterMessagesChangeAndTakeAwayTheSameEntry() throws Exception {
    sender.send(Samples.plain().of("a", Kind.CONFIRMED, 1));
    sender.send(Samples.plain().at(Instant.parse("2027-03-28T08:00:00Z")).of("b", Kind.MOVED, 2));
    sender.send(Samples.plain().of("c", Kind.CANCELLED, 3));

    List<Calendar> entries = new ArrayList<>();
    for (MimeMessage each : mail.received(3)) {
      entries.add(calendar(((MimeMultipart) each.getContent()).getBodyPart(2)));
    }
    assertThat(entries)
        .extracting(each -> method(each))
        .containsExactly("REQUEST", "REQUEST", "CANCEL");
    assertThat(entries)
        .extracting(each -> value(event(each), "UID"))
        .containsOnly("appointment-42@fade.example");
    assertThat(entries)
        .extracting(each -> value(event(each), "SEQUENCE"))
        .containsExactly("1", "2", "3");
    assertThat(entries)
        .extracting(each -> value(event(each), "STATUS"))
        .containsExactly("CONFIRMED", "CONFIRMED", "CANCELLED");
    assertThat(value(event(entries.get(1)), "DTSTART")).isEqualTo("20270328T080000Z");
  }

  @ParameterizedTest
  @CsvSource({"REQUESTED,false", "REMINDER,true", "OFFERED,false", "WEBHOOK_DISABLED,false"})
  void otherKindsHaveNoEntry(Kind kind, boolean unsubscribe) throws Exception {
    sender.send(Samples.plain().in(Locale.GERMAN).of(kind));

    MimeMessage message = only();
    assertThat(((MimeMultipart) message.getContent()).getCount()).isEqualTo(2);
    String[] header = message.getHeader("List-Unsubscribe");
    if (unsubscribe) {
      assertThat(header).containsExactly("<mailto:hello@fade.example?subject=unsubscribe>");
    } else {
      assertThat(header).isNull();
    }
  }

  /** What waits for the staff's confirmation, or never got it. */
  @ParameterizedTest
  @EnumSource(names = {"MOVED", "CANCELLED"})
  void whatIsNotCertainHasNoEntry(Kind kind) throws Exception {
    Notification certain = Samples.plain().of(kind);
    Content.OfAppointment content = (Content.OfAppointment) certain.content();
    sender.send(
        new Notification(
            certain.id(),
            new Content.OfAppointment(kind, content.appointment(), false),
            certain.recipient(),
            certain.location()));

    assertThat(((MimeMultipart) only().getContent()).getCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Eve\r\nBcc: eve@example.org",
        "Eve\nBcc: eve@example.org\n\nHello",
        "Eve\rTo: eve@example.org",
        "Eve\u2028\u0085Bcc: eve@example.org",
        "Eve\" <eve@example.org>, \"x",
        "Eve;RSVP=TRUE:mailto:eve@example.org",
        "Eve\\nATTENDEE:mailto:eve@example.org",
        "=?utf-8?q?=0ABcc:_eve@example.org?=",
        "👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱",
        "מספרה של דנה",
        "Łukasz Żółć-Straßenbauer, \"der Große\" ^ ' ;:",
      })
  void namesAreNothingButNames(String typed) throws Exception {
    assertThat(sender.send(Samples.plain().typed(typed).of(Kind.CONFIRMED)))
        .isInstanceOf(SendResult.Sent.class);

    MimeMessage message = only();
    String name = typed.replaceAll("[\\r\\n\\u2028\\u0085]+", " ");
    assertThat(message.getAllRecipients()).hasSize(1);
    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getFrom()).hasSize(1);
    InternetAddress to = (InternetAddress) message.getRecipients(Message.RecipientType.TO)[0];
    assertThat(to.getAddress()).isEqualTo("ada@example.org");
    if (!typed.startsWith("=?")) {
      assertThat(to.getPersonal()).isEqualTo(name);
    }
    MimeMultipart parts = (MimeMultipart) message.getContent();
    VEvent event = event(calendar(parts.getBodyPart(2)));
    assertThat(event.<Property>getProperties("ATTENDEE")).hasSize(1);
    assertThat(value(event, "ATTENDEE")).isEqualTo("mailto:ada@example.org");
    assertThat(value(event, "LOCATION")).isEqualTo(name);
    assertThat(text(parts.getBodyPart(0))).contains("Hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nobody",
        "@example.org",
        "ada@",
        "ada@example..org",
        "a b@example.org",
        "ada@example.org\r\nRCPT TO:<eve@example.org>",
        "ada@example.org, eve@example.org",
        "<ada@example.org>",
        "zoë@example.org",
        "list: ada@example.org;",
      })
  void badAddressIsRefusedForGoodWithoutAsking(String address) throws Exception {
    SendResult result = sender.send(Samples.plain().to(address).of(Kind.CONFIRMED));

    assertThat(result).isInstanceOf(SendResult.Permanent.class);
    assertThat(mail.gate.connections).hasValue(0);
  }

  @Test
  void domainMayHaveOtherLetters() throws Exception {
    sender.send(Samples.plain().to("ada@bücher.example").of(Kind.CONFIRMED));

    assertThat(only().getAllRecipients()[0]).asString().contains("ada@xn--bcher-kva.example");
  }

  @Test
  void messageThatCannotBeWrittenIsPermanent() throws Exception {
    assertThat(sender.send(Samples.plain().named("\u202E").of(Kind.CONFIRMED)))
        .isEqualTo(
            new SendResult.Permanent("'customer' is empty: it would leave a hole in the text"));
  }

  private MimeMessage only() {
    return mail.received(1).getFirst();
  }

  private static String text(BodyPart part) throws IOException, MessagingException {
    try (InputStream bytes = part.getInputStream()) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Calendar calendar(BodyPart part)
      throws IOException, MessagingException, ParserException {
    String text = text(part);
    assertThat(text.replace("\r\n", "")).as("lines end in CRLF").doesNotContain("\r", "\n");
    return new CalendarBuilder().build(new StringReader(text));
  }

  private static VEvent event(Calendar calendar) {
    assertThat(calendar.validate().hasErrors()).isFalse();
    List<VEvent> events = calendar.getComponents();
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static String value(VEvent event, String name) {
    return event.getProperty(name).orElseThrow().getValue();
  }

  private static String method(Calendar calendar) {
    return calendar.getProperty("METHOD").orElseThrow().getValue();
  }
}
