package dev.freshcut.notificationworker.event;

import dev.freshcut.notificationworker.sending.WebhookDelivery.Data;
import java.time.Instant;

/**
 * Something that webhooks can be told of.
 *
 * @param name such as {@code appointment.moved}
 * @param rowId of the row that changed
 */
public record Event(String name, long rowId, Instant occurredAt, Data data) {
  /** Of this event and no other; receivers get it in every attempt. */
  String id() {
    return "%s:%d:%d".formatted(name, rowId, data.version());
  }
}
