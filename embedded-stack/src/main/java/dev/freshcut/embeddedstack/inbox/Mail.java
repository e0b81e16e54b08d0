package dev.freshcut.embeddedstack.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An email.
 *
 * @param sender of the envelope; empty for a bounce
 * @param recipients of the envelope
 * @param headers decoded, by name in any case; of several with one name the first
 * @param text the first plain text; null if there is none
 * @param html the first HTML; null if there is none
 * @param calendar the first calendar object (RFC 5545); null if there is none
 * @param attachments the names of its files
 * @param source as it came
 * @param fault why it could be read in part only; null if all was well
 */
public record Mail(
    long id,
    Instant at,
    String sender,
    List<String> recipients,
    Map<String, String> headers,
    @Nullable String text,
    @Nullable String html,
    @Nullable String calendar,
    List<String> attachments,
    String source,
    @Nullable String fault)
    implements Message {

  /** Empty if it has none. */
  public String subject() {
    return headers.getOrDefault("Subject", "");
  }

  /** As its header says, or else the envelope. */
  String from() {
    return headers.getOrDefault("From", sender);
  }

  /** As its header says, or else the envelope. */
  String to() {
    return headers.getOrDefault("To", String.join(", ", recipients));
  }
}
