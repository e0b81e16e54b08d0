package dev.freshcut.bookingapi.slot;

import java.time.LocalDate;

/** Whose slots are looked for, and on which local date. */
record SlotQuery(long locationId, LocalDate date, BarberChoice barber, long serviceId) {
  SlotQuery on(LocalDate other) {
    return new SlotQuery(locationId, other, barber, serviceId);
  }
}
