package dev.freshcut.bookingapi.ratelimit;

import dev.freshcut.bookingapi.security.SecuritySettings;
import dev.freshcut.bookingapi.web.Credential;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Bounds how many wrong passwords can be tried: for an email from an address, from an address
 * whatever the email, and for an email from wherever. Of IPv6 an address is its /64 network.
 * Counted by all instances together, as {@linkplain Limiter requests} are, and always by each alone
 * as well: while Redis comes and goes, its count begins anew and has gaps. An attempt counts from
 * its beginning, so that simultaneous ones cannot slip through together, until it has turned out
 * right; one that was refused does not count.
 */
public final class LoginLimit {
  private static final Quota OF_EMAIL = Quota.atOnce(5, 20, 100);

  /** Several people can share one. */
  private static final Quota OF_ADDRESS = Quota.atOnce(30, 200, 1000);

  /** Wide, as whoever exhausts it keeps the user from logging in. */
  private static final Quota OF_EMAIL_ANYWHERE = Quota.atOnce(50, 200, 1000);

  /** Of the passwords that a user gives besides a token. */
  private static final Quota OF_OWN = OF_EMAIL;

  private final Limiter shared;
  private final Limiter alone;
  private final SecuritySettings settings;

  /**
   * @param shared by all instances
   * @param alone of this instance, and of logins only, so that nobody else's entries displace
   *     theirs
   */
  LoginLimit(Limiter shared, Limiter alone, SecuritySettings settings) {
    this.shared = shared;
    this.alone = alone;
    this.settings = settings;
  }

  private record Count(String key, Quota quota) {}

  private record Counted(Limiter by, Count count) {
    Verdict take() {
      return by.take(count.key(), count.quota());
    }

    Duration pause() {
      return by.pause(count.key(), count.quota());
    }

    void giveBack() {
      by.giveBack(count.key(), count.quota());
    }
  }

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
    return begin(
        List.of(
            new Count("login:" + name + ":" + place, OF_EMAIL),
            new Count("login-from:" + place, OF_ADDRESS),
            new Count("login-as:" + name, OF_EMAIL_ANYWHERE)));
  }

  /**
   * Begins an attempt of a user who is logged in to give her own password. Others do not count
   * here, whatever their address or the email that they log in as.
   */
  public Attempt beginOwn(long user) {
    return begin(List.of(new Count("own-password:" + user, OF_OWN)));
  }

  private Attempt begin(List<Count> counts) {
    List<Counted> all =
        Stream.of(alone, shared)
            .flatMap(by -> counts.stream().map(count -> new Counted(by, count)))
            .toList();
    for (int i = 0; i < all.size(); i++) {
      Verdict verdict = all.get(i).take();
      if (!verdict.allowed()) {
        giveBack(all.subList(0, i));
        return new Attempt.Refused(longest(verdict.pause(), all.subList(i + 1, all.size())));
      }
    }
    return new Attempt.Allowed(() -> giveBack(all));
  }

  private static Duration longest(Duration pause, List<Counted> others) {
    return Stream.concat(Stream.of(pause), others.stream().map(Counted::pause))
        .max(Comparator.naturalOrder())
        .orElse(pause);
  }

  private static void giveBack(List<Counted> taken) {
    taken.forEach(Counted::giveBack);
  }

  /** What somebody typed into a login is no one's to read in Redis. */
  private String secret(String name) {
    return HexFormat.of().formatHex(settings.keyFor("login attempts of " + name));
  }
}
