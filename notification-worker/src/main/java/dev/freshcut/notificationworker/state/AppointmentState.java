package dev.freshcut.notificationworker.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An appointment as it is now, as far as planning needs it.
 *
 * @param audience null if there is nobody to tell: a hold, or a customer who was anonymised
 */
public record AppointmentState(
    long id, String status, Instant startsAt, @Nullable Audience audience) {
  /** Whether it is certain, so that it is reminded of. */
  public boolean isConfirmed() {
    return status.equals("confirmed");
  }
}
