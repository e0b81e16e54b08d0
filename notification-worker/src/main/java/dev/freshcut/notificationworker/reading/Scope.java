package dev.freshcut.notificationworker.reading;

/**
 * Some of the appointments.
 *
 * @param of what they have in common
 * @param id of the location or the customer; 0 for all
 */
public record Scope(Of of, long id) {
  /** What appointments can have in common. */
  public enum Of {
    LOCATION,
    CUSTOMER,
    ALL
  }

  /** Every appointment. */
  public static final Scope EVERYTHING = new Scope(Of.ALL, 0);
}
