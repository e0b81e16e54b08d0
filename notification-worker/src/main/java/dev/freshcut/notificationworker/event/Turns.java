package dev.freshcut.notificationworker.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps a webhook that answers slowly from taking the places of others: so many deliveries to each
 * are under way at the same time, and the rest come again when there may be room, by how long the
 * last ones took. In this process. Safe for use by many threads.
 */
final class Turns {
  /** Deliveries to one webhook at the same time. */
  static final int AT_ONCE = 8;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofMillis(AT_ONCE);

  /** Before any delivery has come to its end. */
  private static final Duration GUESS = Duration.ofMillis(200);

  private final Clock clock;

  /** Those with deliveries that are under way. */
  private final Map<Long, Queue> queues = new HashMap<>();

  Turns(Clock clock) {
    this.clock = clock;
  }

  /**
   * Asks to deliver; if there is no wait, to be followed by {@link #end}.
   *
   * @return how long to wait instead, 1 ms to a minute
   */
  synchronized Optional<Duration> begin(long webhook) {
    Instant now = clock.instant();
    Queue queue = queues.computeIfAbsent(webhook, id -> new Queue(now));
    if (queue.underWay < AT_ONCE) {
      queue.underWay++;
      return Optional.empty();
    }
    Instant last = now.plus(LONGEST_WAIT);
    Instant next = queue.next.isBefore(now) ? now : queue.next;
    next = next.plus(queue.took.dividedBy(AT_ONCE));
    queue.next = next.isAfter(last) ? last : next;
    return Optional.of(Duration.between(now, queue.next));
  }

  /** A delivery that was begun has come to its end. */
  synchronized void end(long webhook, Duration took) {
    Queue queue = Objects.requireNonNull(queues.get(webhook));
    queue.underWay--;
    // Half of it is that of the last one.
    Duration mean = queue.took.plus(took).dividedBy(2);
    queue.took = mean.compareTo(SHORTEST) < 0 ? SHORTEST : mean;
    if (queue.underWay == 0) {
      queues.remove(webhook);
    }
  }

  /** Of one webhook. */
  private static final class Queue {
    private int underWay;
    private Duration took = GUESS;

    /** When the last of those that wait comes again. */
    private Instant next;

    Queue(Instant now) {
      next = now;
    }
  }
}
