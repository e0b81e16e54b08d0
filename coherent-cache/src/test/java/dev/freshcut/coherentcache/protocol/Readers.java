package dev.freshcut.coherentcache.protocol;

import dev.freshcut.coherentcache.protocol.Layout.Reader;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Those that read and load: begin, floor, query, fill, each a step that others may come between.
 */
final class Readers {
  static final int IDLE = 0;

  private static final int WAITING = 1;
  private static final int JOINED = 2;
  private static final int BEGUN = 3;

  /** Has the floor, not the data; the other way round if FLOOR_FIRST is off. */
  private static final int HALFWAY = 4;

  private static final int LOADED = 5;

  private final EnumSet<Rule> rules;
  private final Redis redis;

  Readers(EnumSet<Rule> rules) {
    this.rules = rules;
    redis = new Redis(rules);
  }

  static boolean isLoading(State s, int r) {
    return s.get(r, Reader.STEP) >= BEGUN;
  }

  static boolean isDone(State s, int r) {
    return s.get(r, Reader.LEFT) == 0 && s.get(r, Reader.STEP) == IDLE;
  }

  void steps(State s, Steps steps) {
    for (int r = 0; r < s.at.readers; r++) {
      switch (s.get(r, Reader.STEP)) {
        case IDLE -> {
          if (s.get(r, Reader.LEFT) > 0) {
            start(s, r, steps);
          }
        }
        case WAITING -> waiting(s, r, steps);
        case BEGUN -> begun(s, r, steps);
        case HALFWAY -> halfway(s, r, steps);
        case LOADED -> loaded(s, r, steps);
        default -> {}
      }
      if (isLoading(s, r) && s.at.scenario.has(Feature.LEASES)) {
        crash(s, r, steps);
      }
    }
  }

  private void start(State s, int r, Steps steps) {
    Scenario scenario = s.at.scenario;
    int writer = scenario.readers().get(r).insideWriter();
    if (writer >= 0
        && (rules.contains(Rule.OWN_TRANSACTION)
            || s.get(s.at.writer(writer)) != Database.RUNNING)) {
      return;
    }
    if (scenario.has(Feature.TOKENS)) {
      int visible = Database.snapshot(s, false);
      for (int token = 0; token <= s.at.writers; token++) {
        if (token == 0 || (visible >> (token - 1) & 1) == 1) {
          State asking = s.copy();
          asking.set(r, Reader.TOKEN, token);
          read(asking, r, steps);
        }
      }
    } else if (scenario.has(Feature.ATOMIC_LOADS)) {
      loadAtOnce(s, r, steps);
    } else {
      begin(s, r, steps);
    }
  }

  /** A read with a token: a hit, a joined load, or a load of its own. */
  private void read(State s, int r, Steps steps) {
    int key = key(s, r);
    int floor = s.get(s.at.entryFloor(key));
    int token = s.get(r, Reader.TOKEN);
    if (floor > s.get(s.at.heard) && (floor > token || !rules.contains(Rule.HIT_CHECKS_TOKEN))) {
      State next = s.copy();
      int value = s.get(s.at.entryValue(key));
      Invariant broken = deliver(next, r, value);
      steps.to(
          next,
          () -> name(r) + asks(token) + " hits a value with " + Database.names(value),
          broken);
    }
    for (int other = 0; other < s.at.readers; other++) {
      if (other != r && key(s, other) == key && isLoading(s, other)) {
        State next = s.copy();
        next.set(r, Reader.STEP, JOINED);
        next.set(r, Reader.JOINED, other + 1);
        int leader = other;
        steps.to(next, () -> name(r) + asks(token) + " joins the load of " + name(leader));
      }
    }
    begin(s, r, steps);
  }

  private void begin(State s, int r, Steps steps) {
    State next = s.copy();
    int lease = s.at.lease(key(s, r));
    redis.begin(next, r);
    String token = asks(s.get(r, Reader.TOKEN));
    if (s.at.scenario.has(Feature.LEASES) && s.get(lease) != 0) {
      next.set(r, Reader.STEP, WAITING);
      steps.to(next, () -> name(r) + " is refused the lease and waits");
      return;
    }
    if (s.at.scenario.has(Feature.LEASES)) {
      next.set(lease, r + 1);
    }
    next.set(r, Reader.STEP, BEGUN);
    next.set(r, Reader.HORIZON, s.get(s.at.horizon));
    steps.to(next, () -> name(r) + token + " begins a load");
  }

  private void waiting(State s, int r, Steps steps) {
    if (s.get(s.at.entryFloor(key(s, r))) != 0) {
      State next = s.copy();
      finish(next, r);
      steps.to(next, () -> name(r) + " finds the entry that it waited for");
    } else if (s.get(s.at.lease(key(s, r))) == 0) {
      begin(s, r, steps);
    }
  }

  private void begun(State s, int r, Steps steps) {
    if (!Load.isLocked(s) || rules.contains(Rule.FLOOR_FIRST)) {
      choose(s, r, false, steps);
    }
    if (s.at.scenario.has(Feature.REPLICA) && s.get(r, Reader.ON_REPLICA) == 0) {
      choose(s, r, true, steps);
    }
  }

  private void choose(State s, int r, boolean onReplica, Steps steps) {
    State next = s.copy();
    next.set(r, Reader.ON_REPLICA, onReplica ? 1 : 0);
    next.set(r, Reader.STEP, HALFWAY);
    String where = onReplica ? " on the replica" : "";
    if (rules.contains(Rule.FLOOR_FIRST)) {
      int floor = Load.readFloor(next, r);
      steps.to(next, () -> name(r) + " reads floor " + floor + where);
    } else {
      int value = Load.query(next, r);
      steps.to(next, () -> name(r) + " queries and sees " + Database.names(value) + where);
    }
  }

  private void halfway(State s, int r, Steps steps) {
    if (s.get(r, Reader.ON_REPLICA) == 0 && rules.contains(Rule.FLOOR_FIRST) && Load.isLocked(s)) {
      return;
    }
    State next = s.copy();
    next.set(r, Reader.STEP, LOADED);
    if (rules.contains(Rule.FLOOR_FIRST)) {
      int value = Load.query(next, r);
      steps.to(next, () -> name(r) + " queries and sees " + Database.names(value));
    } else {
      int floor = Load.readFloor(next, r);
      steps.to(next, () -> name(r) + " reads floor " + floor);
    }
  }

  private void loaded(State s, int r, Steps steps) {
    State next = s.copy();
    boolean stored = fill(next, r);
    Invariant monotonic = stored ? Load.monotonic(s, next, r) : null;
    int token = s.get(r, Reader.TOKEN);
    boolean tooOld =
        token != 0
            && (s.get(r, Reader.SNAPSHOT) >> (token - 1) & 1) == 0
            && rules.contains(Rule.LOAD_CHECKS_TOKEN);
    Invariant broken = deliverToJoiners(next, r);
    if (tooOld) {
      restart(next, r);
    } else {
      Invariant own = deliver(next, r, s.get(r, Reader.VALUE));
      broken = own != null ? own : broken;
    }
    int floor = s.get(r, Reader.FLOOR);
    steps.to(
        next,
        () ->
            "%s fills (floor %d, %s): %s%s"
                .formatted(
                    name(r),
                    floor,
                    Database.names(s.get(r, Reader.VALUE)),
                    stored ? "stored" : "refused",
                    tooOld ? ", and loads again for its token" : ""),
        broken != null ? broken : monotonic);
  }

  private void loadAtOnce(State s, int r, Steps steps) {
    for (int node = 0; node < (s.at.scenario.has(Feature.REPLICA) ? 2 : 1); node++) {
      State next = s.copy();
      redis.begin(next, r);
      next.set(r, Reader.ON_REPLICA, node);
      int floor = Load.readFloor(next, r);
      int value = Load.query(next, r);
      boolean stored = fill(next, r);
      finish(next, r);
      String where = node == 0 ? "" : " from the replica";
      steps.to(
          next,
          () ->
              "%s loads at once%s (floor %d, %s): %s"
                  .formatted(
                      name(r), where, floor, Database.names(value), stored ? "stored" : "refused"));
    }
  }

  private boolean fill(State s, int r) {
    int floor = s.get(r, Reader.FLOOR);
    if (rules.contains(Rule.LAGGARDS_REFUSED) && floor < s.get(r, Reader.HORIZON)) {
      return false;
    }
    return floor > s.get(s.at.heard) && redis.fill(s, r, floor, s.get(r, Reader.VALUE));
  }

  private @Nullable Invariant deliverToJoiners(State s, int leader) {
    Invariant broken = null;
    for (int r = 0; r < s.at.readers; r++) {
      if (s.get(r, Reader.STEP) == JOINED && s.get(r, Reader.JOINED) == leader + 1) {
        int token = s.get(r, Reader.TOKEN);
        s.set(r, Reader.JOINED, 0);
        if (token != 0
            && rules.contains(Rule.JOINER_CHECKS_TOKEN)
            && (s.get(leader, Reader.SNAPSHOT) >> (token - 1) & 1) == 0) {
          restart(s, r);
        } else {
          Invariant own = deliver(s, r, s.get(leader, Reader.VALUE));
          broken = own != null ? own : broken;
        }
      }
    }
    return broken;
  }

  /** A value is handed to its reader, who is done. */
  private @Nullable Invariant deliver(State s, int r, int value) {
    int token = s.get(r, Reader.TOKEN);
    boolean lacksToken =
        token != 0
            && s.at.scenario.touches(token - 1, key(s, r))
            && (value >> (token - 1) & 1) == 0;
    finish(s, r);
    return lacksToken ? Invariant.I3_TOKEN : null;
  }

  /** Begins a load of its own, on the primary. */
  private void restart(State s, int r) {
    int token = s.get(r, Reader.TOKEN);
    int left = s.get(r, Reader.LEFT);
    finish(s, r);
    s.set(r, Reader.LEFT, left);
    s.set(r, Reader.TOKEN, token);
    redis.begin(s, r);
    s.set(r, Reader.HORIZON, s.get(s.at.horizon));
    s.set(r, Reader.ON_REPLICA, 2);
    s.set(r, Reader.STEP, BEGUN);
  }

  private void crash(State s, int r, Steps steps) {
    State next = s.copy();
    int lease = s.get(s.at.lease(key(s, r)));
    finish(next, r);
    next.set(s.at.lease(key(s, r)), lease);
    next.set(r, Reader.LEFT, 0);
    steps.to(next, () -> name(r) + " crashes");
  }

  private static void finish(State s, int r) {
    int left = s.get(r, Reader.LEFT) - 1;
    for (Reader variable : Reader.values()) {
      s.set(r, variable, 0);
    }
    s.set(r, Reader.LEFT, left);
    for (int index = 0; index < s.at.indexes; index++) {
      forget(s, s.at.registered(index), r);
      if (s.at.scenario.has(Feature.ROLLBACK)) {
        forget(s, s.at.registered(index) - s.at.redis() + s.at.saved(), r);
      }
    }
    int lease = s.at.lease(key(s, r));
    if (s.get(lease) == r + 1) {
      s.set(lease, 0);
    }
  }

  private static void forget(State s, int place, int r) {
    s.set(place, s.get(place) & ~(1 << r));
  }

  private static int key(State s, int r) {
    return s.at.scenario.readers().get(r).key();
  }

  private static String asks(int token) {
    return token == 0 ? "" : " (token T" + token + ")";
  }

  static String name(int r) {
    return "reader " + (char) ('A' + r);
  }
}
