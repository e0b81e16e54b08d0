package dev.freshcut.bookingapi.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.ratelimit.LoginLimit.Attempt;
import dev.freshcut.bookingapi.security.SecuritySettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginLimitTest {
  private static final String HERE = "192.0.2.1";
  private static final SecuritySettings SETTINGS =
      new SecuritySettings("s".repeat(32), null, "freshcut", Duration.ofHours(1), List.of(), null);
  private final SetClock clock = new SetClock();
  private final MemoryLimiter shared = new MemoryLimiter(10_000, clock);
  private final LoginLimit limit = instance();

  private LoginLimit instance() {
    return new LoginLimit(shared, new MemoryLimiter(10_000, clock), SETTINGS);
  }

  @Test
  void fiveWrongPasswordsAMinute() {
    tryWrong(5, "a@example.org", HERE);

    assertThat(begin("A@example.org", HERE)).isEqualTo(refused(Duration.ofMinutes(1)));
    pass(Duration.ofSeconds(59));
    assertThat(begin("a@example.org", HERE)).isEqualTo(refused(Duration.ofSeconds(1)));
    pass(Duration.ofSeconds(1));
    assertThat(begin("a@example.org", HERE)).isInstanceOf(Attempt.Allowed.class);
  }

  @Test
  void aMinuteBeginsWithTheFirst() {
    tryWrong(3, "a@example.org", HERE);
    pass(Duration.ofSeconds(40));
    tryWrong(2, "a@example.org", HERE);
    assertThat(begin("a@example.org", HERE)).isEqualTo(refused(Duration.ofSeconds(20)));
    pass(Duration.ofSeconds(20));

    tryWrong(5, "a@example.org", HERE);
    assertThat(begin("a@example.org", HERE)).isEqualTo(refused(Duration.ofMinutes(1)));
  }

  @Test
  void theNextMinutesFollowOneUponTheOther() {
    tryWrong(1, "a@example.org", HERE);
    pass(Duration.ofSeconds(150));

    tryWrong(5, "a@example.org", HERE);

    assertThat(begin("a@example.org", HERE)).isEqualTo(refused(Duration.ofSeconds(30)));
  }

  @Test
  void pauseIsTheLongestOfWhatRefuses() {
    LoginLimit other = instance();
    for (int i = 0; i < 195; i++) {
      other.begin("user" + i + "@example.org", HERE);
      if (i % 30 == 29) {
        pass(Duration.ofMinutes(1));
      }
    }
    tryWrong(5, "a@example.org", HERE);

    // The email from this address has a minute to wait, the address the rest of its hour.
    assertThat(begin("a@example.org", HERE)).isEqualTo(refused(Duration.ofMinutes(54)));
  }

  @Test
  void ownPasswordsAreCountedForTheUserAlone() {
    for (int other = 1; other <= 100; other++) {
      assertThat(limit.beginOwn(other)).isInstanceOf(Attempt.Allowed.class);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(limit.beginOwn(777)).isInstanceOf(Attempt.Allowed.class);
    }

    assertThat(limit.beginOwn(777)).isEqualTo(refused(Duration.ofMinutes(1)));
    assertThat(instance().beginOwn(777)).isEqualTo(refused(Duration.ofMinutes(1)));
    assertThat(limit.beginOwn(778)).isInstanceOf(Attempt.Allowed.class);
  }

  @Test
  void loginAsWhateverDoesNotCountAsAnyonesOwnPassword() {
    for (int i = 0; i < 50; i++) {
      tryWrong(1, "user 7", "198.51.100." + i);
    }

    assertThat(begin("user 7", HERE)).isInstanceOf(Attempt.Refused.class);
    assertThat(limit.beginOwn(7)).isInstanceOf(Attempt.Allowed.class);
  }

  @Test
  void wrongPasswordsGoOnCountingWhereTheSharedCountIsLost() {
    tryWrong(3, "a@example.org", HERE);
    shared.clear();
    tryWrong(2, "a@example.org", HERE);
    shared.clear();

    assertThat(begin("a@example.org", HERE)).isEqualTo(refused(Duration.ofMinutes(1)));
    assertThat(instance().begin("a@example.org", HERE)).isInstanceOf(Attempt.Allowed.class);
  }

  @Test
  void rightPasswordsDoNotCountAnywhere() {
    for (int i = 0; i < 20; i++) {
      if (limit.beginOwn(7) instanceof Attempt.Allowed allowed) {
        allowed.wasRight().run();
      }
    }
    shared.clear();

    assertThat(limit.beginOwn(7)).isInstanceOf(Attempt.Allowed.class);
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
      assertThat(begin("a@example.org", "2001:db8:1:2::" + i)).isInstanceOf(Attempt.Allowed.class);
    }

    assertThat(begin("a@example.org", "2001:db8:1:2:ffff::1")).isInstanceOf(Attempt.Refused.class);
    assertThat(begin("a@example.org", "2001:db8:1:3::1")).isInstanceOf(Attempt.Allowed.class);
  }

  @Test
  void guessesFromManyAddressesAreBoundedToo() {
    for (int i = 0; i < 50; i++) {
      assertThat(begin("a@example.org", "198.51.100." + i)).isInstanceOf(Attempt.Allowed.class);
    }

    assertThat(begin("A@example.org", "203.0.113.1")).isEqualTo(refused(Duration.ofMinutes(1)));
    assertThat(begin("b@example.org", "203.0.113.1")).isInstanceOf(Attempt.Allowed.class);
    pass(Duration.ofMinutes(1));
    assertThat(begin("a@example.org", "203.0.113.1")).isInstanceOf(Attempt.Allowed.class);
  }

  @Test
  void rightPasswordsAndRefusalsDoNotCount() {
    for (int i = 0; i < 50; i++) {
      if (begin("a@example.org", HERE) instanceof Attempt.Allowed allowed) {
        allowed.wasRight().run();
      }
    }
    tryWrong(5, "a@example.org", HERE);
    for (int i = 0; i < 50; i++) {
      assertThat(begin("a@example.org", HERE)).isInstanceOf(Attempt.Refused.class);
    }
    pass(Duration.ofMinutes(1));
    assertThat(begin("a@example.org", HERE)).isInstanceOf(Attempt.Allowed.class);
  }

  @Test
  void othersAreNotKeptOut() {
    tryWrong(5, "a@example.org", HERE);

    assertThat(begin("b@example.org", HERE)).isInstanceOf(Attempt.Allowed.class);
    assertThat(begin("a@example.org", "192.0.2.2")).isInstanceOf(Attempt.Allowed.class);
  }

  @Test
  void manyEmailsFromOneAddress() {
    for (int i = 0; i < 30; i++) {
      tryWrong(1, "user" + i + "@example.org", HERE);
    }

    assertThat(begin("another@example.org", HERE)).isEqualTo(refused(Duration.ofMinutes(1)));
    assertThat(begin("another@example.org", "192.0.2.2")).isInstanceOf(Attempt.Allowed.class);
  }

  private void tryWrong(int times, String email, String address) {
    for (int i = 0; i < times; i++) {
      assertThat(begin(email, address)).isInstanceOf(Attempt.Allowed.class);
    }
  }

  private Attempt begin(String email, String address) {
    return limit.begin(email, address);
  }

  private static Attempt refused(Duration pause) {
    return new Attempt.Refused(pause);
  }

  private void pass(Duration time) {
    clock.pass(time);
  }
}
