package dev.freshcut.jobstreams.store;

import dev.freshcut.jobstreams.Names;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every store refuses; each check throws {@link IllegalArgumentException} with the reason. */
public final class Bounds {
  private static final Duration LONGEST_LEASE = Duration.ofDays(1);
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private Bounds() {}

  /** Checks that a call is about at most {@link JobStore#MOST_JOBS}. */
  public static void atMost(int count, String what) {
    if (count > JobStore.MOST_JOBS) {
      throw new IllegalArgumentException(count + " " + what + ": at most " + JobStore.MOST_JOBS);
    }
  }

  /** Checks plans of one call: {@link JobStore#MOST_JOBS} at most, and as many jobs in all. */
  public static void atMost(List<GroupPlan> plans) {
    atMost(plans.size(), "plans");
    atMost(plans.stream().mapToInt(plan -> plan.jobs().size()).sum(), "jobs of plans");
    plans.forEach(plan -> Names.checkKey("group", plan.group()));
  }

  /** Checks that so many are asked for: at least one, at most {@link JobStore#MOST_JOBS}. */
  public static void some(int count, String what) {
    atMost(count, what);
    if (count < 1) {
      throw new IllegalArgumentException(count + " " + what + ": at least 1");
    }
  }

  /** Checks a worker's lease, 1 ms to a day, and how many losses it lets pass. */
  public static void beat(Duration lease, int mostLosses) {
    if (lease.toMillis() < 1 || lease.compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException("lease is " + lease + ": from 1 ms to 1 day");
    }
    if (mostLosses < 0) {
      throw new IllegalArgumentException("losses are " + mostLosses + ": at least none");
    }
  }

  /** Checks that an instant is within the years 1970 to 9999. */
  static void instant(String what, @Nullable Instant instant) {
    if (instant != null && (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST))) {
      throw new IllegalArgumentException(what + " is " + instant + ": in the years 1970 to 9999");
    }
  }

  /** A text's beginning, of so many characters at most. */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    // Half a character can't be written as UTF-8.
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** Checks a text's length in UTF-8. */
  static void bytes(String what, String text, int most) {
    // At most three bytes a char: few have to be counted.
    if (text.length() > most / 3 && text.getBytes(StandardCharsets.UTF_8).length > most) {
      throw new IllegalArgumentException(what + " has more than " + most + " bytes");
    }
  }
}
