package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.BookingSettings;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.slot.Refusal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many appointments clients may have to come, so that nobody books up a shop alone. */
@Component
class OpenAppointments {
  private final JdbcClient database;
  private final Clock clock;
  private final int most;

  OpenAppointments(JdbcClient database, Clock clock, BookingSettings settings) {
    this.database = database;
    this.clock = clock;
    this.most = settings.openAppointmentsPerClient();
  }

  /**
   * Why the caller cannot have so many more as this customer, if she books for herself. Her other
   * bookings at the location wait until the transaction ends, so that they count this one.
   */
  Optional<Refusal> refusal(Caller.User caller, long customerId, int more) {
    if (caller.role() != Role.CLIENT) {
      return Optional.empty();
    }
    database
        .sql("SELECT id FROM customers WHERE id = ? FOR NO KEY UPDATE")
        .param(customerId)
        .query(Long.class)
        .optional();
    // A statement of its own, which sees what was committed while the one above waited.
    int open =
        database
            .sql(
                """
                SELECT count(*) FROM appointments
                WHERE customer_id = ? AND starts_at > ? AND status IN ('pending', 'confirmed')
                """)
            .params(customerId, clock.instant().atOffset(ZoneOffset.UTC))
            .query(Integer.class)
            .single();
    return open + more > most
        ? Optional.of(new Refusal.TooManyAppointments(open, most))
        : Optional.empty();
  }
}
