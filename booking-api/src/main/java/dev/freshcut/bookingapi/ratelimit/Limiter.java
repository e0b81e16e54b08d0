package dev.freshcut.bookingapi.ratelimit;

/** Counts requests. */
interface Limiter {
  /**
   * Counts a request, unless there have been too many.
   *
   * @param key of the resource and the caller
   */
  Verdict take(String key, Quota quota);

  /** Takes a request that was counted out of the count. If that fails, it goes on counting. */
  void giveBack(String key, Quota quota);
}
