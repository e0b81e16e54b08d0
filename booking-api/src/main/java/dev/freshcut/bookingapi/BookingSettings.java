package dev.freshcut.bookingapi;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the API.
 *
 * @param maxBodyBytes a request body that is larger is refused with 413; 1 KiB to 1 MiB
 * @param statementTimeout PostgreSQL ends statements, and transactions that lie idle, after this
 *     time; 100 ms to 1 min
 * @param lockTimeout what a statement may wait for another transaction's lock; 100 ms to 1 min. By
 *     default more than PostgreSQL's {@code deadlock_timeout} (1 s), as it would else hide
 *     deadlocks, which are mended by trying again
 * @param writeAttempts how often a write is tried that the database gives up for the sake of
 *     another transaction (deadlock), 1 to 10
 * @param openAppointmentsPerClient how many appointments to come a client may have at a location, 1
 *     to 1000
 */
@ConfigurationProperties("freshcut.booking")
public record BookingSettings(
    @DefaultValue("65536") int maxBodyBytes,
    @DefaultValue("5s") Duration statementTimeout,
    @DefaultValue("2s") Duration lockTimeout,
    @DefaultValue("3") int writeAttempts,
    @DefaultValue("60") int openAppointmentsPerClient) {

  /** Checks the bounds. */
  public BookingSettings {
    Bounds.between("freshcut.booking.max-body-bytes", maxBodyBytes, 1 << 10, 1 << 20);
    Bounds.between(
        "freshcut.booking.statement-timeout",
        statementTimeout,
        Duration.ofMillis(100),
        Duration.ofMinutes(1));
    Bounds.between(
        "freshcut.booking.lock-timeout",
        lockTimeout,
        Duration.ofMillis(100),
        Duration.ofMinutes(1));
    Bounds.between("freshcut.booking.write-attempts", writeAttempts, 1, 10);
    Bounds.between(
        "freshcut.booking.open-appointments-per-client", openAppointmentsPerClient, 1, 1000);
  }
}
