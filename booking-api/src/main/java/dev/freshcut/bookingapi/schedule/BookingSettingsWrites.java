package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.catalog.Places;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.slot.SettingsView;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.Rows;
import dev.freshcut.bookingapi.write.Writes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says what a location says about booking. */
@Service
class BookingSettingsWrites {
  private static final String TABLE = "booking_settings";
  private static final String KEY = "location_id";

  private final Schedules schedules;
  private final Places places;
  private final Rows rows;
  private final Writes writes;
  private final AuditLog audit;

  BookingSettingsWrites(
      Schedules schedules, Places places, Rows rows, Writes writes, AuditLog audit) {
    this.schedules = schedules;
    this.places = places;
    this.rows = rows;
    this.writes = writes;
    this.audit = audit;
  }

  Outcome<Written<SettingsView>, ScheduleRefusal> put(
      Caller.User caller, long locationId, BookingSettingsTerms wanted, IfMatch expected) {
    return writes.attempt(
        changes -> {
          if (places.lock(caller, locationId).isEmpty()) {
            return Outcome.refused(new ScheduleRefusal.NoLocation(locationId));
          }
          expected.require(view(locationId));
          Map<String, @Nullable Object> values = wanted.row();
          if (!rows.update(TABLE, Map.of(KEY, locationId), values, changes)) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(values);
            row.put(KEY, locationId);
            rows.insert(TABLE, row, KEY, changes);
          }
          audit.record(caller, "booking-settings.put", "location:" + locationId, Map.of());
          return Outcome.done(view(locationId));
        });
  }

  private SettingsView view(long locationId) {
    return SettingsView.of(locationId, schedules.policy(locationId).orElseThrow());
  }
}
