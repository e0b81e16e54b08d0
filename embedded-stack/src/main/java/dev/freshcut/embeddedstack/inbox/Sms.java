package dev.freshcut.embeddedstack.inbox;

import java.time.Instant;

/**
 * A text message.
 *
 * @param sid as told to the sender
 * @param from number, name or messaging service
 * @param to number
 * @param segments into how many a network would split it, and charge
 */
public record Sms(
    long id, Instant at, String sid, String from, String to, String body, int segments)
    implements Message {}
