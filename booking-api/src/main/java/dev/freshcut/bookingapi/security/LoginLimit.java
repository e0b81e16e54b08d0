package dev.freshcut.bookingapi.security;

import dev.freshcut.bookingapi.web.Credential;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Bounds how many wrong passwords can be tried: for an email from an address, from an address
 * whatever the email, and for an email from wherever. Of IPv6 an address is its /64 network.
 * Sliding windows in this instance's memory. An attempt counts from its beginning, so that
 * simultaneous ones cannot slip through together, until it has turned out right; one that was
 * refused does not count.
 */
@Component
public final class LoginLimit {
  private static final int REMEMBERED = 20_000;

  private static final List<Window> OF_EMAIL =
      List.of(
          new Window(5, Duration.ofMinutes(1)),
          new Window(20, Duration.ofHours(1)),
          new Window(100, Duration.ofDays(1)));

  /** Several people can share one. */
  private static final List<Window> OF_ADDRESS =
      List.of(
          new Window(30, Duration.ofMinutes(1)),
          new Window(200, Duration.ofHours(1)),
          new Window(1000, Duration.ofDays(1)));

  /** Wide, as whoever exhausts it keeps the user from logging in. */
  private static final List<Window> OF_EMAIL_ANYWHERE =
      List.of(
          new Window(50, Duration.ofMinutes(1)),
          new Window(200, Duration.ofHours(1)),
          new Window(1000, Duration.ofDays(1)));

  private final Clock clock;

  /** The least recently used are forgotten. */
  private final Map<String, Deque<Instant>> attempts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
          return size() > REMEMBERED;
        }
      };

  LoginLimit(Clock clock) {
    this.clock = clock;
  }

  private record Window(int most, Duration length) {}

  /** Whether an attempt may be made. */
  public sealed interface Verdict {
    /** It may, and counts as wrong until the caller says otherwise. */
    record Allowed(Runnable wasRight) implements Verdict {}

    /**
     * It may not.
     *
     * @param pause until the next attempt may be made
     */
    record Refused(Duration pause) implements Verdict {}
  }

  /** Begins an attempt to log in as this email from this address. */
  public synchronized Verdict begin(String email, String address) {
    String name = email.toLowerCase(Locale.ROOT);
    String place = Credential.address(address);
    String ofEmail = "e " + name + " " + place;
    String ofAddress = "a " + place;
    String ofEmailAnywhere = "w " + name;
    Instant now = clock.instant();
    Optional<Duration> wait =
        later(
            later(wait(ofEmail, OF_EMAIL, now), wait(ofAddress, OF_ADDRESS, now)),
            wait(ofEmailAnywhere, OF_EMAIL_ANYWHERE, now));
    if (wait.isPresent()) {
      return new Verdict.Refused(wait.get());
    }
    note(ofEmail, OF_EMAIL, now);
    note(ofAddress, OF_ADDRESS, now);
    note(ofEmailAnywhere, OF_EMAIL_ANYWHERE, now);
    return new Verdict.Allowed(() -> forgive(List.of(ofEmail, ofAddress, ofEmailAnywhere), now));
  }

  private Optional<Duration> wait(String key, List<Window> windows, Instant now) {
    List<Instant> times = new ArrayList<>(attempts.getOrDefault(key, new ArrayDeque<>()));
    Optional<Duration> longest = Optional.empty();
    for (Window window : windows) {
      if (times.size() >= window.most()) {
        Instant free = times.get(times.size() - window.most()).plus(window.length());
        if (free.isAfter(now)) {
          longest = later(longest, Optional.of(Duration.between(now, free)));
        }
      }
    }
    return longest;
  }

  private static Optional<Duration> later(Optional<Duration> one, Optional<Duration> other) {
    return one.isEmpty() || (other.isPresent() && other.get().compareTo(one.get()) > 0)
        ? other
        : one;
  }

  private void note(String key, List<Window> windows, Instant now) {
    Deque<Instant> times = attempts.computeIfAbsent(key, absent -> new ArrayDeque<>());
    times.addLast(now);
    if (times.size() > windows.getLast().most()) {
      times.removeFirst();
    }
  }

  private synchronized void forgive(List<String> keys, Instant attempt) {
    for (String key : keys) {
      Deque<Instant> times = attempts.get(key);
      if (times != null) {
        times.removeLastOccurrence(attempt);
      }
    }
  }
}
