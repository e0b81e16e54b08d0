package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.user.Contacts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who comes: the client who books, or whom staff names. */
@Component
class Customers {
  private final AppointmentTable table;
  private final Contacts contacts;

  Customers(AppointmentTable table, Contacts contacts) {
    this.table = table;
    this.contacts = contacts;
  }

  /** The id of the location's customer, who is made if there is none. */
  long of(Caller.User caller, long locationId, NewAppointment.@Nullable Customer named) {
    return named == null
        ? table.customer(locationId, caller.id(), contacts.find(caller.id()).orElseThrow())
        : table.customer(locationId, named);
  }
}
