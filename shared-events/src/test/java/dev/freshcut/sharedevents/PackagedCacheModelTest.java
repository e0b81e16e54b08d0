package dev.freshcut.sharedevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.model.CacheModel;
import org.junit.jupiter.api.Test;

/** The booking system's cache model, as both sides load it. */
class PackagedCacheModelTest {
  @Test
  void isValid() {
    CacheModel model = CacheModel.loadResource("freshcut/cache-model.yml");

    assertThat(model.families())
        .containsOnlyKeys(
            "slots",
            "next-slot",
            "barber-schedule",
            "conflicts",
            "booking-settings",
            "barber-availability",
            "business-hours",
            "services",
            "barbers",
            "user");
  }
}
