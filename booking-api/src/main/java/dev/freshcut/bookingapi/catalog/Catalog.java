package dev.freshcut.bookingapi.catalog;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;

/**
 * A location's barbers and services, also those that can no longer be booked, with their versions.
 *
 * @param barbers by id
 * @param services by id
 */
record Catalog(
    @Schema(requiredMode = RequiredMode.REQUIRED) List<BarberDetails> barbers,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<ServiceDetails> services) {}
