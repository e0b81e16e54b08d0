package dev.freshcut.bookingapi.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @Test
  void keysAreLongAndNotTold() {
    assertThat(new WebhookSettings(List.of(KEY), false, Duration.ZERO).toString())
        .doesNotContain(KEY);
    assertThatThrownBy(() -> new WebhookSettings(List.of("short"), false, Duration.ZERO))
        .hasMessageContaining("freshcut.webhooks.keys")
        .hasMessageNotContaining("short ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1S", "PT168H1S"})
  void overlapIsBounded(String overlap) {
    assertThatThrownBy(() -> new WebhookSettings(List.of(), false, Duration.parse(overlap)))
        .hasMessageContaining("freshcut.webhooks.overlap is ");
  }
}
