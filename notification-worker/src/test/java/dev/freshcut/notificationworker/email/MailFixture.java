package dev.freshcut.notificationworker.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.freshcut.notificationworker.sending.Sender;
import dev.freshcut.notificationworker.template.Texts;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A mail server, the gate before it, and senders to it. */
public final class MailFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2027-01-10T08:00:00Z");

  final SmtpGate gate;
  private final List<EmailSender> senders = new ArrayList<>();
  private final GreenMail server;
  private final ServerSetup plain = setup(ServerSetup.PROTOCOL_SMTP);
  private final ServerSetup tls = setup(ServerSetup.PROTOCOL_SMTPS);

  public MailFixture() throws IOException {
    server = new GreenMail(new ServerSetup[] {plain, tls});
    server.start();
    gate = new SmtpGate(server.getSmtp().getPort());
  }

  private static ServerSetup setup(String protocol) {
    return new ServerSetup(0, "127.0.0.1", protocol);
  }

  /** Four connections, each for 100 messages and idle for a second. */
  EmailSender sender(EmailSettings.Security security) {
    int port = security == EmailSettings.Security.TLS ? server.getSmtps().getPort() : gate.port();
    return sender(port, security, 4, Duration.ofSeconds(60));
  }

  /** As {@link #sender}, in the clear. */
  public Sender sender() {
    return closedAtTheEnd(sender(EmailSettings.Security.NONE));
  }

  /** Four connections as well, and little patience with servers that do not answer. */
  public Sender hastySender() {
    return closedAtTheEnd(
        sender(gate.port(), EmailSettings.Security.NONE, 4, Duration.ofSeconds(1)));
  }

  private EmailSender closedAtTheEnd(EmailSender sender) {
    senders.add(sender);
    return sender;
  }

  /** From now on no message is taken: the server falls silent before it. */
  public void fallSilent() {
    gate.answer("DATA", SmtpGate.HANG);
  }

  /** From now on connections are refused. */
  public void refuse() throws IOException {
    gate.close();
  }

  /** One connection, and little patience with servers that do not answer. */
  static EmailSender hasty(int port) {
    return impatient(port, Duration.ofSeconds(1));
  }

  /** One connection, with so much patience. */
  static EmailSender impatient(int port, Duration answer) {
    return sender(port, EmailSettings.Security.NONE, 1, answer);
  }

  private static EmailSender sender(
      int port, EmailSettings.Security security, int connections, Duration answer) {
    return new EmailSender(
        settings(port, security, connections, answer),
        new Texts(),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  static EmailSettings settings(
      int port, EmailSettings.Security security, int connections, Duration answer) {
    return new EmailSettings(
        "127.0.0.1",
        port,
        security,
        null,
        null,
        "bookings@fade.example",
        connections,
        100,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        answer);
  }

  /** All that came, when so many have. */
  public List<MimeMessage> received(int count) {
    assertThat(server.waitForIncomingEmail(60_000, count)).isTrue();
    List<MimeMessage> messages = List.of(server.getReceivedMessages());
    assertThat(messages).hasSize(count);
    return messages;
  }

  boolean isEmpty() {
    return server.getReceivedMessages().length == 0;
  }

  @Override
  public void close() throws IOException {
    senders.forEach(EmailSender::close);
    gate.close();
    server.stop();
  }
}
