package dev.freshcut.bookingapi.slot;

/** When a barber does not work, though her hours say so. */
record Absence(Kind kind, TimeRange time) {
  /** Why. */
  enum Kind {
    /** She is away. */
    TIME_OFF,
    /** Nobody of the location works. */
    BLACKOUT
  }
}
