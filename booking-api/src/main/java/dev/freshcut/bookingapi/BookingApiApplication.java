package dev.freshcut.bookingapi;

/** Starts the service. */
public final class BookingApiApplication {
  private BookingApiApplication() {}

  /** Entry point. */
  public static void main(String[] args) {}
}
