package dev.freshcut.bookingapi.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Reply;
import dev.freshcut.bookingapi.Shop;
import org.junit.jupiter.api.Test;

/** PostgreSQL knows ROC as a name of Asia/Taipei; Java does not. */
class UnknownZoneIT {
  @Test
  void locationIsNamedAtTheStartAndUnavailable() {
    try (ApiFixture api = new ApiFixture()) {
      Shop shop = Shop.open(api.sql(), "Asia/Taipei");
      Shop other = Shop.open(api.sql(), "Europe/Paris");
      Reply made =
          api.post("/api/v1/appointments", shop.booking(shop.anna(), shop.day(3), "10:00"));
      assertThat(ZoneCheck.unknown(api.sql())).isEmpty();

      api.sql().sql("ALTER TABLE locations DROP CONSTRAINT locations_time_zone_form").update();
      api.sql()
          .sql("UPDATE locations SET time_zone = 'ROC' WHERE id = ?")
          .param(shop.id())
          .update();

      assertThat(ZoneCheck.unknown(api.sql())).containsExactly("ROC (locations " + shop.id() + ")");
      assertUnavailable(api.get(made.header("Location")));
      assertUnavailable(api.get(shop.slots(shop.day(3), "any"), "Cache-Control", "no-cache"));
      assertThat(api.get(other.slots(other.day(3), "any")).status()).isEqualTo(200);
    }
  }

  private static void assertUnavailable(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
    assertThat(reply.code()).isEqualTo("time-zone-unknown");
  }
}
