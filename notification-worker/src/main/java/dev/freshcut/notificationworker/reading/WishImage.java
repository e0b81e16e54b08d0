package dev.freshcut.notificationworker.reading;

import org.jspecify.annotations.Nullable;

/** A row of the waiting list as one change found or left it. */
public record WishImage(
    long id,
    long locationId,
    @Nullable Long barberId,
    long serviceId,
    long customerId,
    String state,
    @Nullable Long appointmentId,
    long version) {}
