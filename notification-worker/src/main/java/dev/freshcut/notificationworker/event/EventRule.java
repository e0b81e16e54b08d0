package dev.freshcut.notificationworker.event;

import dev.freshcut.notificationworker.reading.AppointmentImage;
import dev.freshcut.notificationworker.reading.Fact.AppointmentChanged;
import dev.freshcut.notificationworker.reading.Fact.WishChanged;
import dev.freshcut.notificationworker.reading.WishImage;
import dev.freshcut.notificationworker.sending.WebhookDelivery.Data;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which changes are events that webhooks can ask for; booking-api lists the same names. */
public final class EventRule {
  private EventRule() {}

  /** All events of one change. */
  public static List<Event> of(AppointmentChanged change) {
    AppointmentImage after = change.after();
    if (after == null || change.snapshot()) {
      return List.of();
    }
    return names(change.before(), after).stream()
        .map(name -> new Event(name, after.id(), change.commit().at(), data(after)))
        .toList();
  }

  /** All events of one change. */
  public static List<Event> of(WishChanged change) {
    WishImage after = change.after();
    boolean was = change.before() != null && change.before().state().equals("offered");
    return after.state().equals("offered") && !was
        ? List.of(new Event("waiting_list.offered", after.id(), change.commit().at(), data(after)))
        : List.of();
  }

  private static List<String> names(@Nullable AppointmentImage before, AppointmentImage after) {
    boolean wasOpen = before != null && before.isOpen();
    String was = before == null ? "" : before.status();
    List<String> names = new ArrayList<>();
    if (after.isOpen() && !wasOpen) {
      names.add("appointment.created");
    }
    if (was.equals("pending") && after.status().equals("confirmed")) {
      names.add("appointment.confirmed");
    }
    if (before != null && wasOpen && after.isOpen() && after.isMovedFrom(before)) {
      names.add("appointment.moved");
    }
    if (wasOpen) {
      switch (after.status()) {
        case "completed" -> names.add("appointment.completed");
        case "no_show" -> names.add("appointment.no_show");
        case "cancelled" -> names.add("appointment.cancelled");
        default -> {}
      }
    }
    return names;
  }

  private static Data data(AppointmentImage row) {
    return new Data(
        null,
        row.id(),
        row.locationId(),
        row.barberId(),
        row.serviceId(),
        row.customerId(),
        row.startsAt(),
        row.endsAt(),
        row.status(),
        row.version());
  }

  private static Data data(WishImage row) {
    return new Data(
        row.id(),
        row.appointmentId(),
        row.locationId(),
        row.barberId(),
        row.serviceId(),
        row.customerId(),
        null,
        null,
        row.state(),
        row.version());
  }
}
