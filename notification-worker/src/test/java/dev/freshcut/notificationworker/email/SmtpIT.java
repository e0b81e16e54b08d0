package dev.freshcut.notificationworker.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.notificationworker.Samples;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.SendResult;
import jakarta.mail.Address;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What servers answer, and how connections are used. */
class SmtpIT {
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
        ".|drop|Unanswered",
        "MAIL|drop|Unanswered",
        "MAIL|nonsense|Unanswered",
        "EHLO|554 go away|Down",
        "greeting|554 5.3.2 not a mail server|Down",
        "greeting|421 4.3.2 too many connections|Down",
        "greeting|drop|Down",
      })
  void answers(String command, String answer, String expected) throws Exception {
    mail.gate.answer(command, answer);
    if (command.equals("EHLO")) {
      mail.gate.answer("HELO", answer);
    }
    SendResult result = sender.send(Samples.plain().of(Kind.CONFIRMED));

    assertThat(result.getClass().getSimpleName()).as(result.toString()).isEqualTo(expected);
    assertThat(result.toString()).doesNotContain("@");
    assertThat(mail.isEmpty()).isTrue();

    mail.gate.open();
    assertThat(sender.send(Samples.plain().of(Kind.CONFIRMED))).isInstanceOf(SendResult.Sent.class);
    assertThat(mail.received(1)).hasSize(1);
  }

  @Test
  void serverThatIsAwayOrSilentIsDown() throws Exception {
    try (EmailSender hasty = MailFixture.hasty(mail.gate.port())) {
      mail.gate.answer("greeting", SmtpGate.HANG);
      assertThat(hasty.send(Samples.plain().of(Kind.CONFIRMED)))
          .isInstanceOf(SendResult.Down.class);
      assertThat(mail.gate.connections).as("waited for once").hasValue(1);

      mail.gate.close();
      assertThat(hasty.send(Samples.plain().of(Kind.CONFIRMED)))
          .isInstanceOfSatisfying(
              SendResult.Down.class,
              down -> assertThat(down.reason()).contains("can't be reached"));
    }
  }

  @Test
  void serverThatFallsSilentWithinAMessageIsNotWaitedForForever() throws Exception {
    mail.gate.answer("RCPT", SmtpGate.HANG);
    // Long enough for the next connection to be greeted.
    try (EmailSender one = MailFixture.impatient(mail.gate.port(), Duration.ofSeconds(10))) {
      assertThat(one.send(Samples.plain().of(Kind.CONFIRMED)))
          .isInstanceOf(SendResult.Unanswered.class);
    }
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

    assertThat(mail.received(1_000)).extracting(MimeMessage::getMessageID).doesNotHaveDuplicates();
    // 100 on each, and up to four that are not full.
    assertThat(mail.gate.connections.get()).isBetween(1, 14);
  }

  @Test
  void connectionThatTheServerEndedIsReplaced() throws Exception {
    sender.send(Samples.plain().of("a", Kind.REMINDER, 1));
    // As servers do that count messages.
    mail.gate.answer("MAIL", "421 4.7.0 enough of this connection");
    SendResult refused = sender.send(Samples.plain().of("b", Kind.REMINDER, 1));
    assertThat(refused).isInstanceOf(SendResult.Throttled.class);
    assertThat(mail.gate.connections).as("tried again by another").hasValue(2);

    mail.gate.open();
    sender.send(Samples.plain().of("c", Kind.REMINDER, 1));
    mail.received(2);
  }

  @Test
  void idleConnectionIsClosed() throws Exception {
    sender.send(Samples.plain().of("a", Kind.REMINDER, 1));

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(mail.gate.openConnections()).isZero());
    assertThat(sender.send(Samples.plain().of("b", Kind.REMINDER, 1)))
        .isInstanceOf(SendResult.Sent.class);
    assertThat(mail.gate.connections).hasValue(2);
  }

  /** Who is asked to stop before the dialogue has begun has sent nothing. */
  @Test
  void interruptedBeforeItsTurnIsNotSent() throws Exception {
    mail.gate.answer("RCPT", SmtpGate.HANG);
    try (EmailSender one = MailFixture.hasty(mail.gate.port());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<SendResult> first =
          threads.submit(() -> one.send(Samples.plain().of("a", Kind.REMINDER, 1)));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(mail.gate.connections).hasPositiveValue());
      Future<Boolean> second =
          threads.submit(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  one.send(Samples.plain().of("b", Kind.REMINDER, 1));
                  return false;
                } catch (InterruptedException e) {
                  return true;
                }
              });
      assertThat(second.get()).isTrue();
      first.get();
      mail.gate.open();
    }
    sender.send(Samples.plain().of("c", Kind.REMINDER, 1));
    assertThat(mail.received(1).getFirst().getMessageID()).startsWith("<c@");
  }

  /** Longer, and the job would end, and count. */
  @Test
  void nobodyWaitsForAConnectionForever() throws Exception {
    mail.gate.answer("greeting", SmtpGate.HANG);
    EmailSettings settings =
        MailFixture.settings(
            mail.gate.port(), EmailSettings.Security.NONE, 1, Duration.ofSeconds(60));
    try (Smtp one = new Smtp(settings, Duration.ofMillis(100));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Address to = new InternetAddress("ada@example.org");
      Future<SendResult> first = threads.submit(() -> one.send(new MimeMessage(one.session()), to));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(mail.gate.connections).hasValue(1));

      assertThat(one.send(new MimeMessage(one.session()), to))
          .isEqualTo(new SendResult.Down("no connection to the mail server became free"));
      assertThat(first.isDone()).as("what has begun is waited for").isFalse();

      mail.gate.cut();
      assertThat(first.get()).isInstanceOf(SendResult.Down.class);
    }
  }

  @Test
  void closingLeavesNoConnection() throws Exception {
    sender.send(Samples.plain().of("a", Kind.REMINDER, 1));
    sender.close();

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(mail.gate.openConnections()).isZero());
  }

  /** The server offers no STARTTLS, or a certificate that nobody vouches for. */
  @ParameterizedTest
  @EnumSource(value = EmailSettings.Security.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void nothingIsSentInTheClearOrToAnImpostor(EmailSettings.Security security) throws Exception {
    try (EmailSender careful = mail.sender(security)) {
      assertThat(careful.send(Samples.plain().of(Kind.REMINDER)))
          .isInstanceOf(SendResult.Down.class);
    }
    assertThat(mail.isEmpty()).isTrue();
  }
}
