package dev.freshcut.notificationworker.sending;

import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message is for. It is printed as the id alone.
 *
 * @param customerId null for staff
 * @param email there is one if the message goes by email
 * @param phone there is one if the message goes by SMS; as it was typed in
 * @param language what the person prefers; it may be one without templates
 * @param zone in which she reads times
 */
public record Recipient(
    @Nullable Long customerId,
    String name,
    @Nullable String email,
    @Nullable String phone,
    Locale language,
    ZoneId zone) {
  /** Without personal data. */
  @Override
  public String toString() {
    return "Recipient[customerId=" + customerId + "]";
  }
}
