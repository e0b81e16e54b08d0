package dev.freshcut.coherentcache.protocol;

import static dev.freshcut.coherentcache.protocol.Feature.ABORTS;
import static dev.freshcut.coherentcache.protocol.Feature.CRASH;
import static dev.freshcut.coherentcache.protocol.Feature.EXPIRY;
import static dev.freshcut.coherentcache.protocol.Feature.HELD;
import static dev.freshcut.coherentcache.protocol.Feature.LEASES;
import static dev.freshcut.coherentcache.protocol.Feature.LOG;
import static dev.freshcut.coherentcache.protocol.Feature.REPLICA;
import static dev.freshcut.coherentcache.protocol.Feature.ROLLBACK;
import static dev.freshcut.coherentcache.protocol.Feature.SWEEPER;
import static dev.freshcut.coherentcache.protocol.Feature.TOKENS;
import static dev.freshcut.coherentcache.protocol.Feature.VISIBILITY_GAP;
import static dev.freshcut.coherentcache.protocol.Feature.WATERMARK;
import static dev.freshcut.coherentcache.protocol.Scenario.BASE;
import static dev.freshcut.coherentcache.protocol.Scenario.PATTERN;
import static dev.freshcut.coherentcache.protocol.Scenario.oneKey;

import dev.freshcut.coherentcache.protocol.Scenario.Kind;
import dev.freshcut.coherentcache.protocol.Scenario.Reader;
import dev.freshcut.coherentcache.protocol.Scenario.Writer;
import java.util.List;

/** The worlds in which the protocol is checked. */
final class Worlds {
  private static final int OTHER = 4;

  private Worlds() {}

  static Scenario core(int writers, int readers, int times) {
    return oneKey("late visibility", writers, readers, times).with(VISIBILITY_GAP, ABORTS);
  }

  static Scenario replica(int writers, int readers, int times) {
    return oneKey("replica", writers, readers, times).with(VISIBILITY_GAP, REPLICA);
  }

  /** A replica that lags, and nothing else that could go wrong. */
  static Scenario laggingReplica() {
    return oneKey("lagging replica", 1, 1, 1).with(REPLICA);
  }

  static Scenario tokens(int writers, int readers, int times) {
    return oneKey("tokens, shared loads", writers, readers, times).with(TOKENS, VISIBILITY_GAP);
  }

  static Scenario leases() {
    return oneKey("leases, crashing loaders", 1, 2, 2).with(LEASES);
  }

  static Scenario sweeper(int writers, int readers, int times) {
    return oneKey("sweeper, expiry", writers, readers, times).with(VISIBILITY_GAP, SWEEPER, EXPIRY);
  }

  static Scenario sweeperAndReplica(int writers, int readers) {
    return oneKey("sweeper, replica", writers, readers, 1).with(VISIBILITY_GAP, SWEEPER, REPLICA);
  }

  static Scenario rollback(int writers, int readers) {
    return oneKey("Redis falls back", writers, readers, 1).with(VISIBILITY_GAP, ROLLBACK);
  }

  /** The worker reads a log, crashes, and keeps its place in a Redis that falls back. */
  static Scenario log(int writers, int readers, int times) {
    return oneKey("log, crashes, Redis falls back", writers, readers, times)
        .with(LOG, ROLLBACK, CRASH, WATERMARK);
  }

  /** As {@link #log}, where the second transaction touches nothing that is cached. */
  static Scenario logOfOtherChanges() {
    return oneKey("log of other changes", 1, 1, 1)
        .index(0)
        .with(new Writer(OTHER, Kind.ROWS))
        .with(LOG, ROLLBACK, CRASH);
  }

  static Scenario held(int writers) {
    return oneKey("log, evictions held back", writers, 1, 1).with(LOG, HELD, CRASH);
  }

  /** Reader B's model does not know the index that the worker evicts. */
  static Scenario mixedModels(int writers) {
    return oneKey("two cache models", writers, 1, 1)
        .with(new Reader(0, 1, BASE, -1))
        .with(VISIBILITY_GAP);
  }

  static Scenario truncate(int otherWriters) {
    return oneKey("TRUNCATE", otherWriters, 2, 1)
        .with(new Writer(0, Kind.TRUNCATE))
        .with(VISIBILITY_GAP);
  }

  static Scenario gap() {
    return oneKey("changes lost", 1, 2, 1).with(new Writer(0, Kind.LOST)).with(VISIBILITY_GAP);
  }

  /** Reader A loads inside transaction T1. */
  static Scenario insideTransaction() {
    return oneKey("load inside a transaction", 2, 0, 0)
        .with(new Reader(0, 1, BASE | PATTERN, 0))
        .readers(1, 0, 1)
        .with(ABORTS)
        .notChecking(Invariant.NO_DEADLOCK);
  }

  /** Two keys that share one pattern; the second belongs to another, too. */
  static Scenario patterns(String name, int firstEvicts, int secondEvicts) {
    Scenario empty = oneKey(name, 0, 0, 0).index(0).key(BASE | PATTERN | OTHER);
    return empty
        .with(new Writer(firstEvicts, Kind.ROWS))
        .with(new Writer(secondEvicts, Kind.ROWS))
        .readers(1, 0, 1)
        .readers(1, 1, 1)
        .with(VISIBILITY_GAP);
  }

  /** Small enough for every build. */
  static List<Scenario> small() {
    return List.of(
        core(2, 2, 2),
        core(3, 2, 1),
        core(2, 3, 1),
        replica(2, 2, 1),
        tokens(2, 2, 1),
        tokens(1, 3, 1).with(REPLICA),
        leases(),
        sweeper(1, 2, 2),
        sweeper(2, 2, 1),
        sweeperAndReplica(1, 2),
        sweeper(1, 1, 2).with(ROLLBACK),
        rollback(2, 2),
        rollback(1, 1).with(SWEEPER, REPLICA),
        log(2, 1, 2),
        log(1, 2, 1).with(HELD),
        held(3),
        mixedModels(2),
        mixedModels(2).with(ROLLBACK),
        mixedModels(2).with(SWEEPER),
        truncate(1),
        truncate(0).with(REPLICA),
        truncate(0).with(SWEEPER),
        gap(),
        patterns("one pattern, then two", PATTERN, PATTERN | OTHER),
        patterns("a pattern, then the scope", OTHER, BASE),
        insideTransaction());
  }

  /** Some minutes and up to 4 GB of heap. */
  static List<Scenario> large() {
    return List.of(
        core(3, 3, 1),
        core(2, 2, 3),
        replica(2, 2, 2).with(ABORTS),
        replica(3, 2, 1),
        tokens(2, 2, 2).with(REPLICA),
        sweeper(2, 2, 2),
        sweeperAndReplica(2, 2).with(EXPIRY),
        rollback(2, 2).with(SWEEPER),
        rollback(2, 2).with(REPLICA),
        log(3, 1, 1),
        log(2, 2, 1).with(HELD),
        log(2, 2, 1).with(VISIBILITY_GAP, SWEEPER),
        held(3).with(VISIBILITY_GAP),
        // A member that expired under one model can cost another model's newer entry a replay.
        mixedModels(2).with(REPLICA, SWEEPER, EXPIRY).notChecking(Invariant.I2_ORDER_FREE),
        mixedModels(2).with(ROLLBACK, SWEEPER),
        truncate(1).with(REPLICA, ABORTS),
        truncate(1).with(SWEEPER, ABORTS),
        gap().with(REPLICA, SWEEPER),
        patterns("two patterns, then the scope", PATTERN | OTHER, BASE).with(SWEEPER));
  }
}
