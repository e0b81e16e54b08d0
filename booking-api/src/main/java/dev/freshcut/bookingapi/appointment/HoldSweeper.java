package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.write.Writes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Gives back the time of holds that are over, so that it is offered again, and deletes those that
 * have been over for long. That one fails is no reason to leave the other.
 */
@Component
@EnableScheduling
class HoldSweeper {
  private static final Logger log = LoggerFactory.getLogger(HoldSweeper.class);

  private final HoldTable table;
  private final Writes writes;
  private boolean givingBackFails;
  private boolean deletingFails;

  HoldSweeper(HoldTable table, Writes writes) {
    this.table = table;
    this.writes = writes;
  }

  @Scheduled(
      fixedDelayString = "${freshcut.booking.holds.sweep-interval:2s}",
      initialDelayString = "${freshcut.booking.holds.sweep-interval:2s}")
  void sweep() {
    givingBackFails =
        fails("holds that are over are not given back", givingBackFails, this::giveBack);
    deletingFails = fails("old holds are not deleted", deletingFails, this::deleteOld);
  }

  private void giveBack() {
    List<Long> locations = table.locationsWithSomeThatAreOver();
    if (!locations.isEmpty()) {
      writes.run(
          changes -> {
            table.sweep(locations, changes);
            return true;
          });
    }
  }

  /** A batch at a time, as others wait for the rows' locks and for the stream. */
  private void deleteOld() {
    if (table.hasOld()) {
      writes.run(changes -> table.deleteOld());
    }
  }

  /** Runs work and says whether it failed; logs the first failure of a series. */
  private static boolean fails(String consequence, boolean failedBefore, Runnable work) {
    try {
      work.run();
      return false;
    } catch (DataAccessException | TransactionException e) {
      if (!failedBefore) {
        log.warn("{}; tried again: {}", consequence, e.getMessage());
      }
      return true;
    }
  }
}
