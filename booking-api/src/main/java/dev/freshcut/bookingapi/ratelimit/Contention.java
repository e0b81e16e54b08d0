package dev.freshcut.bookingapi.ratelimit;

/**
 * So many requests of one caller came at once that this one's turn did not come in time. It says
 * nothing about Redis, which answers.
 */
final class Contention extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Contention() {
    super("too many requests of one caller at once", null, false, false);
  }
}
