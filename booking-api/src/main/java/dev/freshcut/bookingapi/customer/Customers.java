package dev.freshcut.bookingapi.customer;

import dev.freshcut.bookingapi.security.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who comes, for bookings: the client who books, or whom staff names. */
@Component
public class Customers {
  private final CustomerTable table;

  Customers(CustomerTable table) {
    this.table = table;
  }

  /** How somebody is called and reached. */
  public record Contact(String name, String email, @Nullable String phone) {}

  /**
   * The id of the location's customer, who is made if there is none, and who stays as she is until
   * the transaction ends.
   *
   * @param named by staff; null for the caller herself
   * @return empty if the caller's account is gone
   */
  public Optional<Long> of(Caller.User caller, long locationId, @Nullable Contact named) {
    return named == null
        ? table.ofUser(locationId, caller.id())
        : Optional.of(table.ofContact(locationId, named));
  }
}
