package dev.freshcut.bookingapi.slot;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What a location says about booking, whatever the date.
 *
 * @param barberIds those who are active, in ascending order
 * @param services the active ones by id
 */
record BookingTerms(
    BookingPolicy policy, SortedSet<Long> barberIds, Map<Long, ServiceTerms> services) {

  /** What a service takes. */
  ServiceTerms service(SlotQuery query) {
    ServiceTerms terms = services.get(query.serviceId());
    if (terms == null) {
      throw Refusals.thrown(new Refusal.NoService(query.locationId(), query.serviceId()));
    }
    return terms;
  }

  /** The barbers chosen, but those who do not offer the service. */
  List<Long> barbers(SlotQuery query) {
    Long wanted = query.barber().barberId();
    if (wanted != null && !barberIds.contains(wanted)) {
      throw Refusals.thrown(new Refusal.NoBarber(query.locationId(), wanted));
    }
    ServiceTerms terms = service(query);
    return barberIds.stream()
        .filter(barber -> wanted == null || wanted.equals(barber))
        .filter(barber -> terms.of(barber).isPresent())
        .toList();
  }
}
