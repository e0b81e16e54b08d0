package dev.freshcut.notificationworker.email;

import dev.freshcut.notificationworker.email.Invitation.Method;
import dev.freshcut.notificationworker.email.Invitation.Person;
import dev.freshcut.notificationworker.sending.Appointment;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Content;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.Sender;
import dev.freshcut.notificationworker.template.Clean;
import dev.freshcut.notificationworker.template.TemplateException;
import dev.freshcut.notificationworker.template.Texts;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages by email. The id of a notification becomes the Message-ID, so that servers and
 * readers can tell a second copy, which there can be if the connection breaks, or this process
 * ends, after the server took a message and before it said so.
 */
final class EmailSender implements Sender, AutoCloseable {
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

  private final EmailSettings settings;
  private final Texts texts;
  private final Clock clock;
  private final Smtp smtp;

  EmailSender(EmailSettings settings, Texts texts, Clock clock) {
    this.settings = settings;
    this.texts = texts;
    this.clock = clock;
    this.smtp = new Smtp(settings);
  }

  @Override
  public Channel channel() {
    return Channel.EMAIL;
  }

  @Override
  public SendResult send(Notification notification) throws InterruptedException {
    String typed = notification.recipient().email();
    Optional<String> to = typed == null ? Optional.empty() : Mailbox.of(typed);
    if (to.isEmpty()) {
      return new SendResult.Permanent("the email address is none that can be sent to");
    }
    MimeMessage message;
    try {
      message = letter(notification, to.get()).message(smtp.session());
    } catch (TemplateException e) {
      return new SendResult.Permanent(String.valueOf(e.getMessage()));
    } catch (MessagingException e) {
      throw new IllegalStateException("a message could not be put together", e);
    }
    return send(message, to.get());
  }

  private SendResult send(MimeMessage message, String to) throws InterruptedException {
    InternetAddress address = new InternetAddress();
    address.setAddress(to);
    return smtp.send(message, address);
  }

  private Letter letter(Notification notification, String to) {
    Person from = new Person(Clean.line(notification.location().name()), settings.from());
    Person recipient = new Person(Clean.line(notification.recipient().name()), to);
    String replyTo = notification.location().replyTo();
    return new Letter(
        messageId(notification.id()),
        from,
        recipient,
        replyTo == null ? null : Mailbox.of(replyTo).orElse(null),
        notification.content().kind() == Kind.REMINDER,
        texts.email(notification),
        invitation(notification, from, recipient),
        clock.instant());
  }

  private @Nullable Invitation invitation(Notification notification, Person from, Person to) {
    if (!(notification.content() instanceof Content.OfAppointment content) || !content.certain()) {
      return null;
    }
    Method method =
        switch (content.kind()) {
          case CONFIRMED, MOVED -> Method.REQUEST;
          case CANCELLED -> Method.CANCEL;
          case REQUESTED, REMINDER, OFFERED, WEBHOOK_DISABLED -> null;
        };
    if (method == null) {
      return null;
    }
    Appointment appointment = content.appointment();
    return new Invitation(
        method,
        "appointment-" + appointment.id() + "@" + settings.domain(),
        appointment.version(),
        appointment.startsAt(),
        appointment.endsAt(),
        texts.calendar(notification),
        from.name(),
        from,
        to,
        clock.instant());
  }

  /** Of the id, with what may not stand in a Message-ID as hexadecimal numbers. */
  private String messageId(String id) {
    StringBuilder local = new StringBuilder();
    for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
      if (PLAIN.indexOf(each) >= 0) {
        local.append((char) each);
      } else {
        local.append("=%02X".formatted(each & 0xff));
      }
    }
    return "<" + local + "@" + settings.domain() + ">";
  }

  @Override
  public void close() {
    smtp.close();
  }
}
