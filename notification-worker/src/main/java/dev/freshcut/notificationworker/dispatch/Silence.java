package dev.freshcut.notificationworker.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a provider leaves messages without an answer. One that does may have taken a message all
 * the same, so attempts count, and it may fail for all, so that counting them would lose messages.
 * After {@link #PATIENCE} in a row it is taken to be silent for all: then nothing is counted, and
 * one message at a time tries it, with pauses of 15 s that double up to 15 min, until it answers.
 * Safe for use by many threads.
 */
final class Silence {
  /** Messages without an answer, in a row, that count as failures of themselves. */
  static final int PATIENCE = 2;

  /** How often one message may try a silent provider: each time it may have been taken. */
  static final int MOST_TRIES = 10;

  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration OTHERS_TURN = Duration.ofSeconds(5);

  private final Outages pauses;
  private int inARow;
  private int underWay;

  /** By message; as many as there were pauses. */
  private final Map<String, Integer> tries = new HashMap<>();

  Silence(Clock clock) {
    pauses = new Outages(clock, LONGEST);
  }

  /**
   * Asks to send a message; to be followed by {@link #end}.
   *
   * @return how long to wait instead, as another message is trying the provider
   */
  synchronized Optional<Duration> begin() {
    if (inARow > PATIENCE && underWay > 0) {
      return Optional.of(OTHERS_TURN);
    }
    underWay++;
    return Optional.empty();
  }

  /** A message that was begun has come to its end, whatever that is. */
  synchronized void end() {
    underWay--;
  }

  /**
   * A message got no answer.
   *
   * @return how long all messages wait, without a count; empty if it is this message's failure
   */
  synchronized Optional<Duration> unanswered(String id) {
    inARow++;
    if (inARow <= PATIENCE || tries.merge(id, 1, Integer::sum) > MOST_TRIES) {
      return Optional.empty();
    }
    return Optional.of(pauses.failed());
  }

  /** There was an answer. */
  synchronized void answered() {
    inARow = 0;
    tries.clear();
    pauses.answered();
  }
}
