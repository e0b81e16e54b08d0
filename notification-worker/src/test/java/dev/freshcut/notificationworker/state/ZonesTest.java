package dev.freshcut.notificationworker.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ZonesTest {
  @Test
  void theFirstThatIsKnownCounts() {
    assertThat(Zones.of("Asia/Tokyo", "Europe/Paris")).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(Zones.of("Factory", "Europe/Paris")).isEqualTo(ZoneId.of("Europe/Paris"));
    assertThat(Zones.of("posix/Europe/Berlin", "Factory")).isEqualTo(ZoneOffset.UTC);
    assertThat(Zones.of("")).isEqualTo(ZoneOffset.UTC);
  }
}
