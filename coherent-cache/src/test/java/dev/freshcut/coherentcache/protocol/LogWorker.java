package dev.freshcut.coherentcache.protocol;

import dev.freshcut.coherentcache.protocol.Layout.Worker;
import java.util.EnumSet;

/**
 * One worker that reads the ends of transactions from a log in order, and keeps its position beside
 * the evictions. BUSY: 0 between records, else 1 plus the number of the record's evictions sent.
 */
final class LogWorker {
  private final EnumSet<Rule> rules;
  private final Redis redis;

  LogWorker(EnumSet<Rule> rules) {
    this.rules = rules;
    redis = new Redis(rules);
  }

  void steps(State s, Steps steps) {
    if (s.get(Worker.BUSY) == 0) {
      take(s, steps);
      compare(s, steps);
      if (s.at.scenario.has(Feature.WATERMARK)) {
        watermark(s, steps);
      }
    } else {
      record(s, steps);
    }
    if (s.at.scenario.has(Feature.HELD)) {
      release(s, steps);
    }
    if (s.at.scenario.has(Feature.CRASH)) {
      crash(s, steps);
    }
  }

  private void take(State s, Steps steps) {
    if (s.get(Worker.POSITION) < s.get(s.at.logLength())) {
      State next = s.copy();
      next.set(Worker.BUSY, 1);
      if (!rules.contains(Rule.POSITION_LAST)) {
        writePosition(next);
      }
      steps.to(next, () -> "the worker takes record " + s.get(Worker.POSITION));
    }
  }

  /** The worker's look at Redis, about once a second. */
  private void compare(State s, Steps steps) {
    if (rules.contains(Rule.POSITION_IN_REDIS)
        && s.get(s.at.position()) < s.get(Worker.LAST_WRITTEN)) {
      State next = s.copy();
      seek(next);
      steps.to(
          next, () -> "the worker finds Redis behind and seeks to " + next.get(s.at.position()));
    }
  }

  private void record(State s, Steps steps) {
    int place = s.get(Worker.POSITION);
    int w = s.get(s.at.log(place)) - 1;
    boolean committed = Database.isCommitted(s, w);
    int evicted = committed ? s.at.scenario.evictedBy(w) : 0;
    boolean sent = true;
    for (int index = 0; index < s.at.indexes; index++) {
      if ((evicted >> index & 1) == 1 && (s.get(Worker.DONE) >> index & 1) == 0) {
        sent = false;
        send(s, w, index, steps);
      }
    }
    if (sent) {
      State next = s.copy();
      boolean written = !rules.contains(Rule.POSITION_LAST) || writePosition(next);
      next.set(Worker.BUSY, 0);
      next.set(Worker.DONE, 0);
      if (written) {
        next.set(Worker.POSITION, place + 1);
        next.set(Worker.IN_KAFKA, place + 1);
      } else {
        seek(next);
      }
      steps.to(
          next,
          () ->
              written
                  ? "the worker has done record " + place
                  : "the worker is refused position %d and seeks to %d"
                      .formatted(place + 1, next.get(Worker.POSITION)));
    }
  }

  private void send(State s, int w, int index, Steps steps) {
    int xid = w + 1;
    State next = s.copy();
    redis.evict(next, index, xid);
    next.set(Worker.DONE, s.get(Worker.DONE) | 1 << index);
    steps.to(next, () -> "the worker: evict(index %d, T%d)".formatted(index, xid));
    if (s.at.scenario.has(Feature.HELD) && index == s.at.indexes - 1) {
      State held = s.copy();
      held.set(Worker.DONE, s.get(Worker.DONE) | 1 << index);
      held.raise(heldPlace(s, index), xid);
      steps.to(held, () -> "the worker holds back evict(index %d, T%d)".formatted(index, xid));
    }
  }

  private int heldPlace(State s, int index) {
    return rules.contains(Rule.HELD_IN_REDIS)
        ? s.at.held(index)
        : s.at.worker(Worker.HELD_IN_MEMORY);
  }

  /** A held eviction falls due: it is applied, and struck off. RELEASING: its transaction. */
  private void release(State s, Steps steps) {
    int index = s.at.indexes - 1;
    int held = s.get(heldPlace(s, index));
    int releasing = s.get(Worker.RELEASING);
    boolean evictFirst = rules.contains(Rule.HELD_REMOVED_LAST);
    if (releasing == 0 && held != 0) {
      State next = s.copy();
      next.set(Worker.RELEASING, held);
      if (evictFirst) {
        redis.evict(next, index, held);
      } else {
        next.set(heldPlace(s, index), 0);
      }
      steps.to(
          next,
          () ->
              "the timer %s the held T%d of index %d"
                  .formatted(evictFirst ? "evicts" : "strikes off", held, index));
    } else if (releasing != 0) {
      State next = s.copy();
      next.set(Worker.RELEASING, 0);
      if (!evictFirst) {
        redis.evict(next, index, releasing);
      } else if (held == releasing || !rules.contains(Rule.HELD_COMPARED)) {
        next.set(heldPlace(s, index), 0);
      }
      steps.to(
          next,
          () ->
              "the timer %s T%d of index %d"
                  .formatted(evictFirst ? "strikes off" : "evicts", releasing, index));
    }
  }

  private boolean writePosition(State s) {
    int next = s.get(Worker.POSITION) + 1;
    if (rules.contains(Rule.POSITION_COMPARED)
        && s.get(s.at.position()) != s.get(Worker.LAST_WRITTEN)) {
      return false;
    }
    s.set(s.at.position(), next);
    s.set(Worker.LAST_WRITTEN, next);
    return true;
  }

  /** Takes the position from where it is kept. */
  private void seek(State s) {
    boolean redisHolds = rules.contains(Rule.POSITION_IN_REDIS);
    int position = s.get(redisHolds ? s.at.position() : s.at.worker(Worker.IN_KAFKA));
    s.set(Worker.POSITION, position);
    s.set(Worker.LAST_WRITTEN, s.get(s.at.position()));
  }

  private void watermark(State s, Steps steps) {
    int believed = s.get(Worker.LAST_WRITTEN);
    boolean agrees = s.get(s.at.position()) == believed;
    if (s.get(s.at.watermark()) < believed
        && (agrees || !rules.contains(Rule.WATERMARK_COMPARED))) {
      State next = s.copy();
      next.set(s.at.watermark(), believed);
      steps.to(next, () -> "the worker sets the watermark to " + believed);
    }
  }

  private void crash(State s, Steps steps) {
    State next = s.copy();
    forget(next);
    next.set(Worker.HELD_IN_MEMORY, 0);
    seek(next);
    steps.to(next, () -> "the worker crashes and starts again at " + next.get(Worker.POSITION));
  }

  /** Redis' connections break: what is under way is given up, and sent again from its start. */
  void connectionLost(State s) {
    if (rules.contains(Rule.SAME_SERVER)) {
      forget(s);
    }
  }

  private static void forget(State s) {
    s.set(Worker.BUSY, 0);
    s.set(Worker.DONE, 0);
    s.set(Worker.RELEASING, 0);
  }

  /** Whether the worker has nothing left to do. */
  boolean isAtRest(State s) {
    boolean agrees =
        !rules.contains(Rule.POSITION_IN_REDIS)
            || s.get(s.at.position()) == s.get(s.at.logLength());
    return agrees
        && s.get(Worker.BUSY) == 0
        && s.get(Worker.RELEASING) == 0
        && s.get(Worker.POSITION) == s.get(s.at.logLength())
        && s.get(heldPlace(s, s.at.indexes - 1)) == 0;
  }
}
