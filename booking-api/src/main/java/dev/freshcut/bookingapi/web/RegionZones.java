package dev.freshcut.bookingapi.web;

import java.time.ZoneId;

/** Zones as parameters: IANA regions only, because a fixed offset has no daylight saving time. */
final class RegionZones {
  private RegionZones() {}

  static ZoneId parse(String text) {
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      throw new InvalidParameterException("must be an IANA zone such as Europe/Paris");
    }
    return ZoneId.of(text);
  }
}
