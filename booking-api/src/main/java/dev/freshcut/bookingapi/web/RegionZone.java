package dev.freshcut.bookingapi.web;

import java.time.ZoneId;

/**
 * A time zone as parameter: an IANA region only, because a fixed offset has no daylight saving
 * time. A type of its own, as Spring's conversion to {@link ZoneId} takes anything.
 */
public record RegionZone(ZoneId id) {
  static RegionZone parse(String text) {
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      throw new InvalidParameterException("must be an IANA zone such as Europe/Paris");
    }
    return new RegionZone(ZoneId.of(text));
  }
}
