package dev.freshcut.notificationworker.sending;

/**
 * A message to one person, to be rendered and sent.
 *
 * @param id the same in every attempt, and of no other message: an idempotency key, visible ASCII
 *     without spaces, 200 characters at most
 */
public record Notification(String id, Content content, Recipient recipient, Location location) {}
