package dev.freshcut.notificationworker.sending;

import java.time.Instant;

/**
 * An appointment, or what an offer would become, as its row is now.
 *
 * @param version of the row; only grows
 * @param priceMinor in the currency's minor unit, such as cents
 * @param currency ISO 4217
 */
public record Appointment(
    long id,
    long version,
    Instant startsAt,
    Instant endsAt,
    String service,
    String barber,
    long priceMinor,
    String currency) {}
