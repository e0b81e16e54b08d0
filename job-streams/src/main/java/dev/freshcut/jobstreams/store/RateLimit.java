package dev.freshcut.jobstreams.store;

/**
 * How many jobs of a queue all its workers together may begin: a token bucket.
 *
 * @param perSecond 0.001 to 1,000,000
 * @param burst most at once after a rest, 1 to 1,000,000
 */
public record RateLimit(double perSecond, int burst) {
  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the reason
   */
  public RateLimit {
    if (!(perSecond >= 0.001 && perSecond <= 1_000_000)) {
      throw new IllegalArgumentException(
          "rate is " + perSecond + " a second: from 0.001 to 1,000,000");
    }
    if (burst < 1 || burst > 1_000_000) {
      throw new IllegalArgumentException("burst is " + burst + ": from 1 to 1,000,000");
    }
  }
}
