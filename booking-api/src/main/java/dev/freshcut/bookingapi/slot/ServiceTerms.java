package dev.freshcut.bookingapi.slot;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an active service takes, of each barber.
 *
 * @param usual of barbers who do as the service says
 * @param specials by barber
 */
public record ServiceTerms(Terms usual, Map<Long, Special> specials) {
  /**
   * What a barber does differently.
   *
   * @param duration of her appointments
   */
  public record Special(boolean offered, Duration duration) {}

  /** Checks nothing; makes the map the record's own. */
  public ServiceTerms {
    specials = Map.copyOf(specials);
  }

  /**
   * Those of an appointment that is moved: as agreed, whoever does it. Another barber must offer
   * the service; one that is no longer active, anybody will do.
   *
   * @param now the service's present terms; empty if it is not active
   */
  public static ServiceTerms of(Moved moved, Optional<ServiceTerms> now) {
    Map<Long, Special> specials = new HashMap<>();
    now.map(ServiceTerms::specials)
        .orElse(Map.of())
        .forEach(
            (barber, own) ->
                specials.put(
                    barber,
                    new Special(
                        own.offered() || barber == moved.barberId(), moved.terms().duration())));
    return new ServiceTerms(moved.terms(), specials);
  }

  /** What it takes of a barber; empty if she does not offer it. */
  public Optional<Terms> of(long barberId) {
    Special special = specials.get(barberId);
    if (special == null) {
      return Optional.of(usual);
    }
    return special.offered()
        ? Optional.of(new Terms(special.duration(), usual.bufferBefore(), usual.bufferAfter()))
        : Optional.empty();
  }
}
