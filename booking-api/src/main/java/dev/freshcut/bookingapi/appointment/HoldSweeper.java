package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.write.Writes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Gives back the time of holds that are over, so that it is offered again. */
@Component
@EnableScheduling
class HoldSweeper {
  private static final Logger log = LoggerFactory.getLogger(HoldSweeper.class);

  private final AppointmentTable table;
  private final Writes writes;
  private boolean failing;

  HoldSweeper(AppointmentTable table, Writes writes) {
    this.table = table;
    this.writes = writes;
  }

  @Scheduled(
      fixedDelayString = "${freshcut.booking.holds.sweep-interval:2s}",
      initialDelayString = "${freshcut.booking.holds.sweep-interval:2s}")
  void sweep() {
    try {
      if (table.hasHoldsThatAreOver()) {
        writes.run(
            changes -> {
              table.sweepHolds(changes);
              return true;
            });
      }
      failing = false;
    } catch (DataAccessException | TransactionException e) {
      if (!failing) {
        log.warn("holds that are over are not given back; tried again: {}", e.getMessage());
      }
      failing = true;
    }
  }
}
