package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.customer.Customers;
import dev.freshcut.bookingapi.customer.Customers.Contact;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.write.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who comes: the client who books, or whom staff names. */
@Component
class Visitors {
  private final Customers customers;
  private final OpenAppointments open;

  Visitors(Customers customers, OpenAppointments open) {
    this.customers = customers;
    this.open = open;
  }

  /** The id of the location's customer, who is made if there is none. */
  Outcome<Long, Refusal> of(
      Caller.User caller, long locationId, NewAppointment.@Nullable Customer named) {
    Contact contact =
        named == null ? null : new Contact(named.name(), named.email(), named.phone());
    return Outcome.found(
        customers.of(caller, locationId, contact), () -> new Refusal.NoAccount(caller.id()));
  }

  /** The same, if she may have so many more appointments. */
  Outcome<Long, Refusal> toBook(
      Caller.User caller,
      long locationId,
      NewAppointment.@Nullable Customer named,
      int appointments) {
    return of(caller, locationId, named).then(id -> withRoom(caller, id, appointments));
  }

  /** The customer, if she may have so many more appointments. */
  Outcome<Long, Refusal> withRoom(Caller.User caller, long customerId, int appointments) {
    return open.refusal(caller, customerId, appointments)
        .<Outcome<Long, Refusal>>map(Outcome::refused)
        .orElseGet(() -> Outcome.done(customerId));
  }
}
