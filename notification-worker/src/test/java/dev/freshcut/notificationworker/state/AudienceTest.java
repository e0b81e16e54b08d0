package dev.freshcut.notificationworker.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.Samples;
import dev.freshcut.notificationworker.sending.Channel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AudienceTest {
  private static final Instant CONSENT = Instant.parse("2026-06-01T10:00:00Z");

  private static Audience audience(boolean email, @Nullable Instant smsSince) {
    return new Audience(ZoneOffset.UTC, email, smsSince, List.of(), Samples.NIGHT);
  }

  @Test
  void consentDoesNotReachBack() {
    Audience audience = audience(false, CONSENT);
    assertThat(audience.wants(Channel.SMS, CONSENT.minusMillis(1))).isFalse();
    assertThat(audience.wants(Channel.SMS, CONSENT)).isTrue();
    assertThat(audience.wants(Channel.SMS, CONSENT.plusMillis(1))).isTrue();
    assertThat(audience.wants(Channel.SMS)).isTrue();
  }

  @Test
  void withoutConsentThereIsNoSms() {
    Audience audience = audience(true, null);
    assertThat(audience.wants(Channel.SMS)).isFalse();
    assertThat(audience.wants(Channel.SMS, CONSENT)).isFalse();
    assertThat(audience.wants(Channel.EMAIL)).isTrue();
    assertThat(audience.wants(Channel.EMAIL, CONSENT)).isTrue();
  }

  @Test
  void emailCanBeTurnedOff() {
    Audience audience = audience(false, CONSENT);
    assertThat(audience.wants(Channel.EMAIL)).isFalse();
    assertThat(audience.wants(Channel.EMAIL, CONSENT)).isFalse();
  }
}
