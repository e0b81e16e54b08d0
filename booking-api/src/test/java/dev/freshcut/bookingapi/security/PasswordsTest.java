package dev.freshcut.bookingapi.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private final Passwords passwords = new Passwords();

  @Test
  void hashIsArgon2idWithItsParametersAndASaltOfItsOwn() {
    String one = passwords.hash("correct horse");
    String other = passwords.hash("correct horse");

    assertThat(List.of(one, other))
        .allMatch(it -> it.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    assertThat(one).isNotEqualTo(other);
    assertThat(passwords.matches("correct horse", one)).isTrue();
    assertThat(passwords.matches("correct horse", other)).isTrue();
    assertThat(passwords.matches("Correct horse", one)).isFalse();
  }

  @Test
  void nothingMatchesNoHash() {
    assertThat(passwords.matches("nobody's password", null)).isFalse();
    assertThat(passwords.matches("", null)).isFalse();
    assertThat(passwords.matches("x", "")).isFalse();
    assertThat(passwords.matches("x", "x")).isFalse();
  }

  /** Otherwise an answer that comes sooner would say that an email has no account. */
  @Test
  void accountThatDoesNotExistTakesAsLong() {
    String hash = passwords.hash("correct horse");
    took(null); // compiles it
    long nobody = Long.MAX_VALUE;
    long somebody = Long.MAX_VALUE;
    // By turns, so that whatever else the machine does falls on both.
    for (int i = 0; i < 10; i++) {
      nobody = Math.min(nobody, took(null));
      somebody = Math.min(somebody, took(hash));
    }

    assertThat((double) nobody).isBetween(somebody * 0.3, somebody * 3.0);
  }

  private long took(@Nullable String hash) {
    long start = System.nanoTime();
    assertThat(passwords.matches("wrong horse", hash)).isFalse();
    return System.nanoTime() - start;
  }

  @Test
  void manyAtATimeWaitForOneAnother() {
    String hash = passwords.hash("correct horse");

    assertThat(
            IntStream.range(0, 16).parallel().filter(i -> passwords.matches("correct horse", hash)))
        .hasSize(16);
  }
}
