package dev.freshcut.notificationworker.email;

import dev.freshcut.notificationworker.email.Invitation.Person;
import dev.freshcut.notificationworker.template.EmailText;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * An email: text, the same as HTML and, where there is one, an entry for the calendar.
 *
 * @param messageId with its angle brackets
 * @param replyTo address for answers
 * @param unsubscribe whether the recipient can be spared such messages by writing to {@code
 *     replyTo}
 */
record Letter(
    String messageId,
    Person from,
    Person to,
    @Nullable String replyTo,
    boolean unsubscribe,
    EmailText text,
    @Nullable Invitation invitation,
    Instant written) {

  /** As an address stands in a link (RFC 6068). */
  private static String encoded(String address) {
    int at = address.lastIndexOf('@');
    return URLEncoder.encode(address.substring(0, at), StandardCharsets.UTF_8)
        + address.substring(at);
  }

  /** As it goes over the line. */
  MimeMessage message(Session session) throws MessagingException {
    MimeMessage message = new Identified(session, messageId);
    message.setFrom(address(from));
    message.setRecipient(Message.RecipientType.TO, address(to));
    message.setSubject(text.subject(), "UTF-8");
    message.setSentDate(Date.from(written));
    // Tells automatic answerers not to answer (RFC 3834).
    message.setHeader("Auto-Submitted", "auto-generated");
    if (replyTo != null) {
      message.setReplyTo(new InternetAddress[] {new InternetAddress(replyTo, true)});
      if (unsubscribe) {
        message.setHeader(
            "List-Unsubscribe", "<mailto:" + encoded(replyTo) + "?subject=unsubscribe>");
      }
    }
    MimeMultipart parts = new MimeMultipart("alternative");
    parts.addBodyPart(part(text.plain(), "text/plain; charset=UTF-8"));
    parts.addBodyPart(part(text.html(), "text/html; charset=UTF-8"));
    if (invitation != null) {
      parts.addBodyPart(
          part(
              invitation.text(),
              "text/calendar; charset=UTF-8; method=" + invitation.method().name()));
    }
    message.setContent(parts);
    message.saveChanges();
    return message;
  }

  private static MimeBodyPart part(String text, String type) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, type)));
    return part;
  }

  private static InternetAddress address(Person person) throws MessagingException {
    InternetAddress address = new InternetAddress(person.address(), true);
    try {
      address.setPersonal(person.name(), "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e); // every Java has it
    }
    return address;
  }

  /** A message that keeps its id. */
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
