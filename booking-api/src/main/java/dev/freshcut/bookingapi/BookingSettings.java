package dev.freshcut.bookingapi;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the API.
 *
 * @param maxBodyBytes a request body that is larger is refused with 413; 1 KiB to 1 MiB
 * @param writeAttempts how often a write is tried that the database gives up for the sake of
 *     another transaction (deadlock), 1 to 10
 */
@ConfigurationProperties("freshcut.booking")
public record BookingSettings(
    @DefaultValue("65536") int maxBodyBytes, @DefaultValue("3") int writeAttempts) {

  /** Checks the bounds. */
  public BookingSettings {
    between("max-body-bytes", maxBodyBytes, 1 << 10, 1 << 20);
    between("write-attempts", writeAttempts, 1, 10);
  }

  private static void between(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "freshcut.booking.%s is %d, must be within %d and %d"
              .formatted(name, value, least, most));
    }
  }
}
