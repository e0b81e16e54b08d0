package dev.freshcut.bookingapi.ratelimit;

import dev.freshcut.bookingapi.security.SecuritySettings;
import dev.freshcut.bookingapi.web.Credential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Bounds how many wrong passwords can be tried: for an email from an address, from an address
 * whatever the email, and for an email from wherever. Of IPv6 an address is its /64 network.
 * Counted by all instances together, as {@linkplain Limiter requests} are. An attempt counts from
 * its beginning, so that simultaneous ones cannot slip through together, until it has turned out
 * right; one that was refused does not count.
 */
@Component
public final class LoginLimit {
  private static final Quota OF_EMAIL = Quota.atOnce(5, 20, 100);

  /** Several people can share one. */
  private static final Quota OF_ADDRESS = Quota.atOnce(30, 200, 1000);

  /** Wide, as whoever exhausts it keeps the user from logging in. */
  private static final Quota OF_EMAIL_ANYWHERE = Quota.atOnce(50, 200, 1000);

  private final Limiter limiter;
  private final SecuritySettings settings;

  LoginLimit(Limiter limiter, SecuritySettings settings) {
    this.limiter = limiter;
    this.settings = settings;
  }

  private record Count(String key, Quota quota) {}

  /** Whether an attempt may be made. */
  public sealed interface Attempt {
    /** It may, and counts as wrong until the caller says otherwise. */
    record Allowed(Runnable wasRight) implements Attempt {}

    /**
     * It may not.
     *
     * @param pause until the next attempt may be made
     */
    record Refused(Duration pause) implements Attempt {}
  }

  /** Begins an attempt to log in as this email from this address. */
  public Attempt begin(String email, String address) {
    String name = secret(email.toLowerCase(Locale.ROOT));
    String place = Credential.address(address);
    List<Count> taken = new ArrayList<>();
    for (Count each :
        List.of(
            new Count("login:" + name + ":" + place, OF_EMAIL),
            new Count("login-from:" + place, OF_ADDRESS),
            new Count("login-as:" + name, OF_EMAIL_ANYWHERE))) {
      Verdict verdict = limiter.take(each.key(), each.quota());
      if (!verdict.allowed()) {
        giveBack(taken);
        return new Attempt.Refused(verdict.pause());
      }
      taken.add(each);
    }
    return new Attempt.Allowed(() -> giveBack(taken));
  }

  private void giveBack(List<Count> taken) {
    taken.forEach(each -> limiter.giveBack(each.key(), each.quota()));
  }

  /** What somebody typed into a login is no one's to read in Redis. */
  private String secret(String name) {
    return HexFormat.of().formatHex(settings.keyFor("login attempts of " + name));
  }
}
