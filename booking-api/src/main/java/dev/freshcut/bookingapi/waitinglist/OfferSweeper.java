package dev.freshcut.bookingapi.waitinglist;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.transaction.TransactionException;

/** Looks at the signals, and now and then at everybody who waits. Any number of instances may. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class OfferSweeper implements SchedulingConfigurer {
  private static final Logger log = LoggerFactory.getLogger(OfferSweeper.class);

  /** Locations that one pass looks at. */
  static final int LOCATIONS = 50;

  /** Transactions with offers that one pass makes at one location. */
  private static final int ROUNDS = 10;

  /** For how long a location that fails is left alone, so that others have their turn. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final int EXPIRED = 500;

  private final SignalTable signals;
  private final Offers offers;
  private final WaitingListSettings settings;
  private final Clock clock;

  /** Locations that fail, and until when they are left alone. */
  private final Map<Long, Instant> failing = new ConcurrentHashMap<>();

  OfferSweeper(SignalTable signals, Offers offers, WaitingListSettings settings, Clock clock) {
    this.signals = signals;
    this.offers = offers;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar tasks) {
    tasks.addFixedDelayTask(
        new FixedDelayTask(this::sweep, settings.sweepInterval(), settings.sweepInterval()));
    tasks.addFixedDelayTask(
        new FixedDelayTask(this::recheck, settings.recheckInterval(), settings.recheckInterval()));
  }

  /** Makes the offers that are due; a location that fails does not stop the others. */
  void sweep() {
    try {
      signals.locations(LOCATIONS, leftAlone()).forEach(this::sweep);
    } catch (DataAccessException | TransactionException e) {
      log.warn(
          "time that became free is not offered, tried again in {}: {}",
          settings.sweepInterval(),
          e.getMessage());
    }
  }

  private Set<Long> leftAlone() {
    Instant now = clock.instant();
    return failing.entrySet().stream()
        .filter(each -> each.getValue().isAfter(now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private void sweep(long locationId) {
    try {
      int rounds = 0;
      while (rounds < ROUNDS && offers.next(locationId)) {
        rounds++;
      }
      failing.remove(locationId);
    } catch (RuntimeException e) {
      if (failing.put(locationId, clock.instant().plus(PAUSE)) == null) {
        log.warn(
            "time that became free at location {} is not offered, tried again every {}: {}",
            locationId,
            PAUSE,
            e.getMessage());
      }
    }
  }

  /** The horizon has moved on, and so have the dates that are past. */
  void recheck() {
    try {
      while (signals.expire(EXPIRED) == EXPIRED) {
        log.debug("ended the wait of {} whose dates are past", EXPIRED);
      }
      signals.recheck();
    } catch (DataAccessException | TransactionException e) {
      log.warn(
          "those who wait are not looked at, tried again in {}: {}",
          settings.recheckInterval(),
          e.getMessage());
    }
  }
}
