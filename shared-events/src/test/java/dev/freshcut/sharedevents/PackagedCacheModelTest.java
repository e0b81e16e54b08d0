package dev.freshcut.sharedevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.model.CacheModel;
import java.nio.file.Path;
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

  /** Who follows the page and leaves one out would never see its changes. */
  @Test
  void theConnectorIsToldOfAllTables() {
    CacheModel model = CacheModel.loadResource("freshcut/cache-model.yml");

    assertThat(Path.of("../docs/compose.md"))
        .content()
        .contains(
            "FRESHCUT_CONNECTOR_TABLES=%s "
                .formatted(String.join(",", new TreeSet<>(model.tables().keySet()))));
  }
}
