package dev.freshcut.notificationworker.state;

import dev.freshcut.notificationworker.sending.Appointment;
import dev.freshcut.notificationworker.sending.Location;
import dev.freshcut.notificationworker.sending.Recipient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that a message about an appointment is made of.
 *
 * @param status the appointment's
 * @param wish the state of the wish that it is offered for; null if it was not asked for
 * @param until when the hold that it is ends; null if it is none
 */
public record Details(
    Appointment appointment,
    long barberId,
    long serviceId,
    String status,
    @Nullable String wish,
    @Nullable Instant until,
    Location location,
    Recipient recipient,
    Audience audience) {}
