package dev.freshcut.bookingapi.web;

/** The refusals of ids that name nothing, for the features that share them. */
public final class Missing {
  private Missing() {}

  /** There is no such location. */
  public static ProblemException location(long id) {
    return new ProblemException(ProblemType.LOCATION_NOT_FOUND, "Location " + id);
  }

  /** The location has no such active barber. */
  public static ProblemException barber(long locationId, long id) {
    return new ProblemException(
        ProblemType.BARBER_NOT_FOUND, "Barber %d at location %d".formatted(id, locationId));
  }
}
