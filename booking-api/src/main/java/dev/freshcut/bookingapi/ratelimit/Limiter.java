package dev.freshcut.bookingapi.ratelimit;

import java.time.Duration;

/** Counts requests. */
interface Limiter {
  /**
   * Counts a request, unless there have been too many.
   *
   * @param key of the resource and the caller
   */
  Verdict take(String key, Quota quota);

  /** Until the next request may be made; zero if it may now. Counts none. */
  Duration pause(String key, Quota quota);

  /** Takes a request that was counted out of the count. If that fails, it goes on counting. */
  void giveBack(String key, Quota quota);
}
