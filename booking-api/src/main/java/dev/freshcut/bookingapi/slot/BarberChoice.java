package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.web.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/**
 * One barber, or any of them.
 *
 * @param barberId null for any
 */
public record BarberChoice(@Nullable Long barberId) {
  private static final String ANY = "any";

  /** One barber. */
  public static BarberChoice of(long barberId) {
    return new BarberChoice(barberId);
  }

  /** Whoever is free. */
  public static BarberChoice any() {
    return new BarberChoice(null);
  }

  /** From a request's parameter. */
  static BarberChoice parse(String text) {
    if (text.equals(ANY)) {
      return any();
    }
    if (!text.matches("[1-9][0-9]{0,17}")) {
      throw new InvalidParameterException("must be a barber's id or 'any'");
    }
    return of(Long.parseLong(text));
  }
}
