package dev.freshcut.embeddedstack.inbox;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimePartDataSource;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes a mail apart, as far as it is one: whatever cannot be read is a fault, not an end. */
final class MimeReader {
  /** Parts within parts, more than which nobody sends. */
  private static final int DEPTH = 10;

  private static final Session SESSION = session();

  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> attachments = new ArrayList<>();
  private @Nullable String text;
  private @Nullable String html;
  private @Nullable String calendar;
  private @Nullable String fault;

  private MimeReader() {}

  private static Session session() {
    Properties properties = new Properties();
    // Headers that are UTF-8 as they are (RFC 6532), not in its ASCII disguise.
    properties.setProperty("mail.mime.allowutf8", "true");
    return Session.getInstance(properties);
  }

  static Mail read(long id, Instant at, String sender, List<String> recipients, byte[] source) {
    MimeReader reader = new MimeReader();
    try {
      MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(source));
      reader.headers(message);
      reader.part(message, 0);
    } catch (MessagingException | IOException | RuntimeException e) {
      reader.fault(e);
    }
    return new Mail(
        id,
        at,
        sender,
        List.copyOf(recipients),
        Collections.unmodifiableMap(reader.headers),
        reader.text,
        reader.html,
        reader.calendar,
        List.copyOf(reader.attachments),
        new String(source, StandardCharsets.UTF_8),
        reader.fault);
  }

  private void headers(MimeMessage message) throws MessagingException {
    for (Header header : Collections.list(message.getAllHeaders())) {
      headers.putIfAbsent(header.getName(), decoded(header.getValue()));
    }
  }

  private static String decoded(String value) {
    String unfolded = MimeUtility.unfold(value).strip();
    try {
      return MimeUtility.decodeText(unfolded);
    } catch (IOException e) {
      return unfolded;
    }
  }

  private void part(MimePart part, int depth) throws MessagingException, IOException {
    if (part.isMimeType("multipart/*")) {
      if (depth == DEPTH) {
        throw new MessagingException("more than " + DEPTH + " parts within each other");
      }
      MimeMultipart parts = new MimeMultipart(new MimePartDataSource(part));
      for (int i = 0; i < parts.getCount(); i++) {
        tried((MimePart) parts.getBodyPart(i), depth + 1);
      }
    } else if (text == null && isText(part, "text/plain")) {
      text = content(part);
    } else if (html == null && isText(part, "text/html")) {
      html = content(part);
    } else if (calendar == null && part.isMimeType("text/calendar")) {
      calendar = content(part);
    }
    String file = part.getFileName();
    if (file != null) {
      attachments.add(decoded(file));
    }
  }

  /** What one part lacks does not keep from the next. */
  private void tried(MimePart part, int depth) {
    try {
      part(part, depth);
    } catch (MessagingException | IOException | RuntimeException e) {
      fault(e);
    }
  }

  private static boolean isText(MimePart part, String type) throws MessagingException {
    return part.isMimeType(type) && !Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
  }

  private static String content(MimePart part) throws MessagingException, IOException {
    try (InputStream in = part.getInputStream()) {
      return new String(in.readAllBytes(), charset(part));
    }
  }

  private static Charset charset(MimePart part) throws MessagingException {
    String name = new ContentType(part.getContentType()).getParameter("charset");
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private void fault(Exception e) {
    if (fault == null) {
      fault = String.valueOf(e.getMessage());
    }
  }
}
