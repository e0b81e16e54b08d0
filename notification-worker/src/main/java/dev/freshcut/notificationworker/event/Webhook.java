package dev.freshcut.notificationworker.event;

import java.time.Instant;
import java.util.Set;

/** Who asked to be told of what. */
record Webhook(long id, long locationId, Set<String> events, Instant createdAt) {
  boolean wants(Event event) {
    return locationId == event.data().locationId()
        && events.contains(event.name())
        && !createdAt.isAfter(event.occurredAt());
  }
}
