package dev.freshcut.bookingapi.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.security.LoginLimit.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LoginLimitTest {
  private static final String HERE = "192.0.2.1";
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final LoginLimit limit =
      new LoginLimit(((InstantSource) () -> now).withZone(ZoneOffset.UTC));

  @Test
  void fiveWrongPasswordsAMinute() {
    tryWrong(5, "a@example.org", HERE);

    assertThat(begin("A@example.org", HERE)).isEqualTo(refused(Duration.ofMinutes(1)));
    pass(Duration.ofSeconds(59));
    assertThat(begin("a@example.org", HERE)).isEqualTo(refused(Duration.ofSeconds(1)));
    pass(Duration.ofSeconds(1));
    assertThat(begin("a@example.org", HERE)).isInstanceOf(Verdict.Allowed.class);
  }

  @Test
  void windowSlides() {
    tryWrong(3, "a@example.org", HERE);
    pass(Duration.ofSeconds(40));
    tryWrong(2, "a@example.org", HERE);
    pass(Duration.ofSeconds(20));

    tryWrong(3, "a@example.org", HERE);
    assertThat(begin("a@example.org", HERE)).isEqualTo(refused(Duration.ofSeconds(40)));
  }

  @Test
  void twentyAnHourAndAHundredADay() {
    for (int minute = 0; minute < 4; minute++) {
      tryWrong(5, "a@example.org", HERE);
      pass(Duration.ofMinutes(1));
    }
    assertThat(begin("a@example.org", HERE)).isEqualTo(refused(Duration.ofMinutes(56)));
    pass(Duration.ofMinutes(56));

    for (int batch = 0; batch < 16; batch++) {
      tryWrong(5, "a@example.org", HERE);
      pass(Duration.ofMinutes(20));
    }
    assertThat(begin("a@example.org", HERE))
        .isEqualTo(refused(Duration.ofDays(1).minusMinutes(60 + 16 * 20)));
  }

  @Test
  void addressesOfAnIpv6NetworkAreOne() {
    for (int i = 0; i < 5; i++) {
      assertThat(begin("a@example.org", "2001:db8:1:2::" + i)).isInstanceOf(Verdict.Allowed.class);
    }

    assertThat(begin("a@example.org", "2001:db8:1:2:ffff::1")).isInstanceOf(Verdict.Refused.class);
    assertThat(begin("a@example.org", "2001:db8:1:3::1")).isInstanceOf(Verdict.Allowed.class);
  }

  @Test
  void guessesFromManyAddressesAreBoundedToo() {
    for (int i = 0; i < 50; i++) {
      assertThat(begin("a@example.org", "198.51.100." + i)).isInstanceOf(Verdict.Allowed.class);
    }

    assertThat(begin("A@example.org", "203.0.113.1")).isEqualTo(refused(Duration.ofMinutes(1)));
    assertThat(begin("b@example.org", "203.0.113.1")).isInstanceOf(Verdict.Allowed.class);
    pass(Duration.ofMinutes(1));
    assertThat(begin("a@example.org", "203.0.113.1")).isInstanceOf(Verdict.Allowed.class);
  }

  @Test
  void rightPasswordsAndRefusalsDoNotCount() {
    for (int i = 0; i < 50; i++) {
      if (begin("a@example.org", HERE) instanceof Verdict.Allowed allowed) {
        allowed.wasRight().run();
      }
    }
    tryWrong(5, "a@example.org", HERE);
    for (int i = 0; i < 50; i++) {
      assertThat(begin("a@example.org", HERE)).isInstanceOf(Verdict.Refused.class);
    }
    pass(Duration.ofMinutes(1));
    assertThat(begin("a@example.org", HERE)).isInstanceOf(Verdict.Allowed.class);
  }

  @Test
  void othersAreNotKeptOut() {
    tryWrong(5, "a@example.org", HERE);

    assertThat(begin("b@example.org", HERE)).isInstanceOf(Verdict.Allowed.class);
    assertThat(begin("a@example.org", "192.0.2.2")).isInstanceOf(Verdict.Allowed.class);
  }

  @Test
  void manyEmailsFromOneAddress() {
    for (int i = 0; i < 30; i++) {
      tryWrong(1, "user" + i + "@example.org", HERE);
    }

    assertThat(begin("another@example.org", HERE)).isEqualTo(refused(Duration.ofMinutes(1)));
    assertThat(begin("another@example.org", "192.0.2.2")).isInstanceOf(Verdict.Allowed.class);
  }

  private void tryWrong(int times, String email, String address) {
    for (int i = 0; i < times; i++) {
      assertThat(begin(email, address)).isInstanceOf(Verdict.Allowed.class);
    }
  }

  private Verdict begin(String email, String address) {
    return limit.begin(email, address);
  }

  private static Verdict refused(Duration pause) {
    return new Verdict.Refused(pause);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
