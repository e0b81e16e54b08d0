package dev.freshcut.sharedevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Pattern;
import dev.freshcut.coherentcache.model.TableChange;
import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The booking system's cache model, as both sides load it. */
class PackagedCacheModelTest {
  @Test
  void isValid() {
    CacheModel model = CacheModel.loadResource("freshcut/cache-model.yml");

    assertThat(model.families())
        .containsOnlyKeys(
            "slots",
            "booking-terms",
            "barber-schedule",
            "conflicts",
            "booking-settings",
            "barber-availability",
            "business-hours",
            "services",
            "barbers",
            "user",
            "analytics-dashboard",
            "analytics-revenue",
            "analytics-clients",
            "analytics-services",
            "analytics-business");
  }

  /** Both are behind the same answers, so that no test of those tells a rule too many. */
  @Test
  void slotsAndTermsAreEvictedByWhatTheyAreMadeOfAlone() {
    Map<String, Set<String>> tables = new TreeMap<>();
    CacheModel model = CacheModel.loadResource("freshcut/cache-model.yml");
    for (String table : model.tables().keySet()) {
      for (Pattern pattern :
          model.evictionsFor(new TableChange(table, Kind.TRUNCATE, null, null))) {
        tables.computeIfAbsent(pattern.family().name(), f -> new TreeSet<>()).add(table);
      }
    }

    assertThat(tables.get("slots"))
        .containsExactlyInAnyOrder(
            "public.appointments",
            "public.barbers",
            "public.blackouts",
            "public.locations",
            "public.special_days",
            "public.time_off",
            "public.working_hours");
    assertThat(tables.get("booking-terms"))
        .containsExactlyInAnyOrder(
            "public.barber_services",
            "public.barbers",
            "public.booking_settings",
            "public.locations",
            "public.services");
  }

  /** Who follows the page and leaves one out would never see its changes. */
  @Test
  void theConnectorIsToldOfAllTables() {
    CacheModel model = CacheModel.loadResource("freshcut/cache-model.yml");
    Set<String> tables = new TreeSet<>(model.tables().keySet());
    tables.addAll(NotificationTables.ALL);

    assertThat(Path.of("../docs/compose.md"))
        .content()
        .contains("FRESHCUT_CONNECTOR_TABLES=%s ".formatted(String.join(",", tables)));
  }
}
