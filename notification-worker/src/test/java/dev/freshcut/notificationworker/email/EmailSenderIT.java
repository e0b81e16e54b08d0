package dev.freshcut.notificationworker.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.freshcut.notificationworker.Samples;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.template.Texts;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import org.junit.jupiter.params.provider.ValueSource;

class EmailSenderIT {
  private static final Instant NOW = Instant.parse("2027-01-10T08:00:00Z");

  private GreenMail mail;
  private SmtpGate gate;
  private EmailSender sender;

  @BeforeEach
  void start() throws IOException {
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    gate = new SmtpGate(mail.getSmtp().getPort());
    sender = sender(gate.port(), 100);
  }

  @AfterEach
  void stop() throws IOException {
    sender.close();
    gate.close();
    mail.stop();
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
    assertThat(message.getSentDate()).isEqualTo(NOW);
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
    for (MimeMessage each : received(3)) {
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
    assertThat(gate.connections).hasValue(0);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RCPT|550 5.1.1 <ada@example.org> unknown|Permanent",
        "RCPT|550 no such user|Permanent",
        "RCPT|553 5.1.3 bad|Permanent",
        "RCPT|501 5.1.3 bad|Permanent",
        "RCPT|552 5.2.2 mailbox full|Temporary",
        "RCPT|550 5.7.1 policy|Temporary",
        "RCPT|503 bad sequence|Temporary",
        "RCPT|530 5.7.0 authentication required|Down",
        "RCPT|450 4.2.1 mailbox busy|Temporary",
        "RCPT|450 try later|Temporary",
        "RCPT|451 4.7.1 greylisted|Temporary",
        "RCPT|452 4.2.2 mailbox full|Temporary",
        "RCPT|451 local error|Throttled",
        "RCPT|452 4.3.1 disk full|Throttled",
        "RCPT|452 4.5.3 too many recipients|Throttled",
        "RCPT|421 4.7.0 too much mail from you|Throttled",
        "MAIL|421 busy|Throttled",
        "MAIL|450 4.7.1 slow down|Throttled",
        "MAIL|452 4.3.1 disk full|Throttled",
        "MAIL|550 5.4.5 quota of the day|Down",
        "MAIL|553 5.1.8 who are you|Down",
        "MAIL|552 5.3.4 too big|Permanent",
        "DATA|451 4.3.0 try again|Throttled",
        "DATA|554 5.5.1 no|Permanent",
        ".|451 4.3.2 not now|Throttled",
        ".|451 4.7.0 looks odd|Temporary",
        ".|550 5.7.1 spam|Permanent",
        ".|421 4.3.2 going down|Throttled",
        ".|drop|Temporary",
        "MAIL|drop|Temporary",
        "MAIL|nonsense|Temporary",
        "EHLO|554 go away|Down",
        "greeting|554 5.3.2 not a mail server|Down",
        "greeting|421 4.3.2 too many connections|Down",
        "greeting|drop|Down",
      })
  void answers(String command, String answer, String expected) throws Exception {
    gate.answer(command, answer);
    if (command.equals("EHLO")) {
      gate.answer("HELO", answer);
    }
    SendResult result = sender.send(Samples.plain().of(Kind.CONFIRMED));

    assertThat(result.getClass().getSimpleName()).as(result.toString()).isEqualTo(expected);
    assertThat(result.toString()).doesNotContain("@");
    assertThat(mail.getReceivedMessages()).isEmpty();

    gate.open();
    assertThat(sender.send(Samples.plain().of(Kind.CONFIRMED))).isInstanceOf(SendResult.Sent.class);
    assertThat(received(1)).hasSize(1);
  }

  @Test
  void serverThatIsAwayOrSilentIsDown() throws Exception {
    gate.answer("greeting", SmtpGate.HANG);
    assertThat(sender.send(Samples.plain().of(Kind.CONFIRMED))).isInstanceOf(SendResult.Down.class);

    int port = gate.port();
    gate.close();
    try (EmailSender other = sender(port, 100)) {
      assertThat(other.send(Samples.plain().of(Kind.CONFIRMED)))
          .isInstanceOfSatisfying(
              SendResult.Down.class,
              down -> assertThat(down.reason()).contains("can't be reached"));
    }
  }

  @Test
  void serverThatFallsSilentWithinAMessageIsNotWaitedForForever() throws Exception {
    gate.answer("RCPT", SmtpGate.HANG);

    assertThat(sender.send(Samples.plain().of(Kind.CONFIRMED)))
        .isInstanceOf(SendResult.Temporary.class);
  }

  @Test
  void manyMessagesTakeFewConnections() throws Exception {
    List<Notification> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(Samples.plain().of("reminder:" + i, Kind.REMINDER, 1));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SendResult>> results = new ArrayList<>();
      many.forEach(each -> results.add(threads.submit(() -> sender.send(each))));
      for (Future<SendResult> each : results) {
        assertThat(each.get()).isInstanceOf(SendResult.Sent.class);
      }
    }

    assertThat(received(1_000)).extracting(MimeMessage::getMessageID).doesNotHaveDuplicates();
    // 100 on each, and up to four that are not full.
    assertThat(gate.connections.get()).isBetween(1, 14);
  }

  @Test
  void connectionThatTheServerEndedIsReplaced() throws Exception {
    sender.send(Samples.plain().of("a", Kind.REMINDER, 1));
    // As servers do that count messages.
    gate.answer("MAIL", "421 4.7.0 enough of this connection");
    SendResult refused = sender.send(Samples.plain().of("b", Kind.REMINDER, 1));
    assertThat(refused).isInstanceOf(SendResult.Throttled.class);
    assertThat(gate.connections).as("tried again by another").hasValue(2);

    gate.open();
    sender.send(Samples.plain().of("c", Kind.REMINDER, 1));
    received(2);
  }

  @Test
  void idleConnectionIsClosed() throws Exception {
    sender.send(Samples.plain().of("a", Kind.REMINDER, 1));

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(gate.openConnections()).isZero());
    assertThat(sender.send(Samples.plain().of("b", Kind.REMINDER, 1)))
        .isInstanceOf(SendResult.Sent.class);
    assertThat(gate.connections).hasValue(2);
  }

  private static EmailSender sender(int port, int messages) {
    EmailSettings settings =
        new EmailSettings(
            "127.0.0.1",
            port,
            EmailSettings.Security.NONE,
            null,
            null,
            "bookings@fade.example",
            4,
            messages,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));
    return new EmailSender(settings, new Texts(), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private MimeMessage only() {
    return received(1).getFirst();
  }

  private List<MimeMessage> received(int count) {
    assertThat(mail.waitForIncomingEmail(60_000, count)).isTrue();
    assertThat(mail.getReceivedMessages()).hasSize(count);
    return List.of(mail.getReceivedMessages());
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
