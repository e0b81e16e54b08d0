package dev.freshcut.notificationworker.reading;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the appointments as one change found or left it. */
public record AppointmentImage(
    long id,
    long locationId,
    long barberId,
    long serviceId,
    @Nullable Long customerId,
    Instant startsAt,
    Instant endsAt,
    String status,
    long version) {
  /** Whether it is somebody's appointment that is yet to come: pending or confirmed. */
  public boolean isOpen() {
    return status.equals("pending") || status.equals("confirmed");
  }

  /** Whether it is at another time, with another barber or for another service. */
  public boolean isMovedFrom(AppointmentImage before) {
    return !startsAt.equals(before.startsAt)
        || barberId != before.barberId
        || serviceId != before.serviceId;
  }
}
