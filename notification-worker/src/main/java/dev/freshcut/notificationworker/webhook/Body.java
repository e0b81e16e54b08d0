package dev.freshcut.notificationworker.webhook;

import dev.freshcut.notificationworker.sending.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is told of an event: the same bytes in every attempt. */
final class Body {
  private static final JsonMapper JSON = new JsonMapper();

  private Body() {}

  static byte[] of(String id, WebhookDelivery delivery) {
    WebhookDelivery.Data row = delivery.data();
    ObjectNode body = JSON.createObjectNode();
    body.put("id", id);
    body.put("type", delivery.event());
    body.put("timestamp", delivery.occurredAt().toString());
    ObjectNode data = body.putObject("data");
    put(data, "waitingListId", row.waitingListId());
    put(data, "appointmentId", row.appointmentId());
    data.put("locationId", row.locationId());
    put(data, "barberId", row.barberId());
    data.put("serviceId", row.serviceId());
    put(data, "customerId", row.customerId());
    put(data, "startsAt", row.startsAt());
    put(data, "endsAt", row.endsAt());
    data.put("status", row.status());
    data.put("version", row.version());
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ObjectNode data, String name, @Nullable Long value) {
    if (value != null) {
      data.put(name, value);
    }
  }

  private static void put(ObjectNode data, String name, @Nullable Instant value) {
    if (value != null) {
      data.put(name, value.toString());
    }
  }
}
