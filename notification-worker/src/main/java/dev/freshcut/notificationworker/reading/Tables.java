package dev.freshcut.notificationworker.reading;

import java.util.Map;
import java.util.Set;

/** The tables whose changes matter here, with the columns that are read. */
public final class Tables {
  static final String APPOINTMENTS = "public.appointments";
  static final String WAITING_LIST = "public.waiting_list";
  static final String SETTINGS = "public.notification_settings";
  static final String PREFERENCES = "public.notification_preferences";
  static final String LOCATIONS = "public.locations";

  /** Schema-qualified names, each with its columns: the change connector must carry these. */
  public static final Map<String, Set<String>> COLUMNS =
      Map.of(
          APPOINTMENTS,
          Set.of(
              "id",
              "location_id",
              "barber_id",
              "service_id",
              "customer_id",
              "starts_at",
              "ends_at",
              "status",
              "version"),
          WAITING_LIST,
          Set.of(
              "id",
              "location_id",
              "barber_id",
              "service_id",
              "customer_id",
              "state",
              "appointment_id",
              "version"),
          SETTINGS,
          Set.of("location_id"),
          PREFERENCES,
          Set.of("customer_id"),
          LOCATIONS,
          Set.of("id", "time_zone"));

  private Tables() {}
}
