package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.web.Missing;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;

/** Why something about a location, a barber or a service was not done, though nothing failed. */
sealed interface CatalogRefusal {
  /** There is no such location, or none that the caller manages. */
  record NoLocation(long id) implements CatalogRefusal {}

  /** The location has no such barber. */
  record NoBarber(long locationId, long id) implements CatalogRefusal {}

  /** The location has no such service. */
  record NoService(long locationId, long id) implements CatalogRefusal {}

  /** The barber does the service as everybody. */
  record NothingSpecial(long barberId, long serviceId) implements CatalogRefusal {}

  /** A member of the request is not acceptable. */
  record Invalid(String field, String reason) implements CatalogRefusal {}

  /** In the zone wanted, appointments would go over midnight. */
  record OverMidnight(long appointments) implements CatalogRefusal {}

  /** The barber has appointments to come. */
  record StillBooked(long appointments) implements CatalogRefusal {}

  /** The location has as many as one can have. */
  record Full(String what, int most) implements CatalogRefusal {}

  /** As the client is told. */
  default ProblemException problem() {
    return switch (this) {
      case NoLocation none -> Missing.location(none.id());
      case NoBarber none -> Missing.barber(none.locationId(), none.id());
      case NoService none ->
          new ProblemException(
              ProblemType.SERVICE_NOT_FOUND,
              "Service %d at location %d".formatted(none.id(), none.locationId()));
      case NothingSpecial none ->
          new ProblemException(
              ProblemType.BARBER_SERVICE_NOT_FOUND,
              "Barber %d does service %d as it says.".formatted(none.barberId(), none.serviceId()));
      case Invalid invalid ->
          new ProblemException(Problem.invalid(invalid.field(), invalid.reason()));
      case OverMidnight over ->
          new ProblemException(
              ProblemType.APPOINTMENTS_OVER_MIDNIGHT,
              "%d would. Move or cancel them, or choose another zone."
                  .formatted(over.appointments()));
      case StillBooked still ->
          new ProblemException(
              ProblemType.BARBER_HAS_APPOINTMENTS,
              "%d are to come. Move or cancel them, or send keepAppointments."
                  .formatted(still.appointments()));
      case Full full ->
          new ProblemException(
              ProblemType.LIMIT_REACHED,
              "A location has at most %d %s.".formatted(full.most(), full.what()));
    };
  }
}
