package dev.freshcut.cdcconnector.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Pauses between attempts after a fault; each is twice the one before, until the stream has run.
 *
 * @param initial first pause, 10 ms to 1 min
 * @param max longest pause, from initial to 10 min
 */
public record RetrySettings(
    @DefaultValue("500ms") Duration initial, @DefaultValue("15s") Duration max) {
  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public RetrySettings {
    Check.between("retry.initial", initial, Duration.ofMillis(10), Duration.ofMinutes(1));
    Check.between("retry.max", max, initial, Duration.ofMinutes(10));
  }

  /** The pause before the next attempt, after so many failed ones in a row (at least 1). */
  public Duration pauseAfter(int failures) {
    Duration pause = initial;
    for (int i = 1; i < failures && pause.compareTo(max) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(max) < 0 ? pause : max;
  }
}
