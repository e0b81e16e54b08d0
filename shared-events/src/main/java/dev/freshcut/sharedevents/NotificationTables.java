package dev.freshcut.sharedevents;

import java.util.List;

/**
 * The tables whose changes notifications follow from. The change connector must be told of them
 * beside those of the cache model.
 */
public final class NotificationTables {
  /** Whose notices and reminders there are. */
  public static final String APPOINTMENTS = "public.appointments";

  /** Offers of time that became free. */
  public static final String WAITING_LIST = "public.waiting_list";

  /** A change of a location's zone moves its customers' quiet hours. */
  public static final String LOCATIONS = "public.locations";

  /** What a location does for all its customers. */
  public static final String SETTINGS = "public.notification_settings";

  /** What a customer wants. */
  public static final String PREFERENCES = "public.notification_preferences";

  /** All of them, as {@code schema.table}. */
  public static final List<String> ALL =
      List.of(APPOINTMENTS, WAITING_LIST, LOCATIONS, SETTINGS, PREFERENCES);

  private NotificationTables() {}
}
