package dev.freshcut.bookingapi.security;

import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes and checks passwords, by Argon2id with the parameters that OWASP's password storage sheet
 * gives (19 MiB, 2 passes, 1 lane). As many at a time as there are processors: memory is bounded,
 * and the others would only slow each other down.
 */
@Component
public final class Passwords {
  /** Shorter ones are refused. */
  public static final int MIN_LENGTH = 10;

  /** Longer ones are refused, not cut off. */
  public static final int MAX_LENGTH = 200;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PasswordEncoder argon2id;
  private final Semaphore slots = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  /** Of no account: checked against where there is none, so that both take the same time. */
  private final String nobodys;

  /** With the parameters that are named above. */
  public Passwords() {
    this(new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, PASSES));
  }

  Passwords(PasswordEncoder argon2id) {
    this.argon2id = argon2id;
    this.nobodys = hash("nobody's password");
  }

  /** The hash to store, with its salt and parameters. */
  public String hash(CharSequence password) {
    return one(() -> String.valueOf(argon2id.encode(normal(password)))).orElseThrow(Busy::new);
  }

  /**
   * Whether this is the password with that hash, in a time that does not depend on there being one.
   *
   * @param hash null for an account that does not exist or has no password
   * @throws Busy if too many wait
   */
  public boolean matches(CharSequence password, @Nullable String hash) {
    boolean equal =
        one(() -> argon2id.matches(normal(password), hash == null ? nobodys : hash))
            .orElseThrow(Busy::new);
    return equal && hash != null;
  }

  /** The same text can be typed as different code points. */
  private static String normal(CharSequence password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  private <T> Optional<T> one(Supplier<T> work) {
    try {
      if (!slots.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      slots.release();
    }
  }

  /** More logins are under way than the processors can check in time. */
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Busy() {
      super("too many passwords are being checked", null, false, false);
    }
  }
}
