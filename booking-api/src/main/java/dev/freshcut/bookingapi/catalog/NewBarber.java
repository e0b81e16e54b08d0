package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.web.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A barber who is to be; she can be booked once she has hours. */
record NewBarber(@NotNull @PlainText @Size(max = 200) String name) {}
