package dev.freshcut.coherentcache.protocol;

import java.util.EnumSet;

/**
 * The rules of the protocol. The checker runs with all of them, and with one or a few left out to
 * see what each is for.
 */
enum Rule {
  /** A fill is refused if the tombstone of one of its indexes is at or above its floor. */
  TOMBSTONES,
  /** "At": a tombstone equal to the floor refuses too. */
  TOMBSTONE_REFUSES_EQUAL,
  /** The floor is read before the data. */
  FLOOR_FIRST,
  /** An eviction removes entries whose floor equals its transaction, too. */
  EVICT_REMOVES_EQUAL,
  /** An eviction spares entries with a higher floor. */
  NEWER_SPARED,
  /** A fill is refused if the entry that is there has a higher floor. */
  OLDER_REFUSED,
  /** A fill enters its key in every index that it belongs to. */
  ALL_INDEXES,
  /** A load registers its scope before it reads its floor. */
  REGISTERED_FIRST,
  /** A fill is refused if its scope has lost the load's registration. */
  UNREGISTERED_REFUSED,
  /** An eviction in a scope without loads leaves its transaction there for those to come. */
  EVICT_IN_EMPTY_SCOPE,
  /** An eviction of all scopes raises a mark; entries and loads not above it are out of date. */
  MARK,
  /** An eviction of all scopes goes through those that it finds. */
  SCAN,
  /** Sweeping a pattern's tombstone raises the base tombstone. */
  SWEEP_RAISES_BASE,
  /** Only tombstones below the horizon are swept. */
  HORIZON,
  /** A base index is swept only if no load or entry that it has registered can be left. */
  BASE_WAITS_FOR_LOADS,
  /** A base index is swept only if its tombstone is below the horizon. */
  BASE_BELOW_HORIZON,
  /** An expired entry's member is looked at and removed in one step. */
  MEMBER_SWEPT_ATOMICALLY,
  /** A load is not stored if its floor is below the horizon that was known when it began. */
  LAGGARDS_REFUSED,
  /** A load that took longer than the maximum is never stored. */
  LOAD_TIME_BOUNDED,
  /** An entry whose floor is not above the reader's token is a miss. */
  HIT_CHECKS_TOKEN,
  /** A reader takes another's load only if its snapshot contains the reader's token. */
  JOINER_CHECKS_TOKEN,
  /** A reader takes its own load only if its snapshot contains the token. */
  LOAD_CHECKS_TOKEN,
  /** Loads run in a transaction of their own that writes nothing. */
  OWN_TRANSACTION,
  /** A load lease ends by itself. */
  LEASE_EXPIRES,
  /** A shape that an entry's writer may not know is evicted through the base index. */
  FALLBACK,
  /** Such an eviction raises the base tombstone. */
  FALLBACK_RAISES_BASE,
  /** A scope names the models that load in it, and an eviction reads them in its own step. */
  MODELS_IN_SCOPE,
  /**
   * The first load of a model in a scope raises the base tombstone to the scope's last eviction.
   */
  NEW_MODEL_RAISES_BASE,
  /** The worker's position is kept in Redis and read from there. */
  POSITION_IN_REDIS,
  /** The position is written after the evictions that it stands for. */
  POSITION_LAST,
  /** The position is written only over the one that the worker last wrote or read. */
  POSITION_COMPARED,
  /** The position is written only on the server that confirmed the evictions. */
  SAME_SERVER,
  /** The watermark is written only beside the position that it follows from. */
  WATERMARK_COMPARED,
  /** Evictions that are held back are kept in Redis. */
  HELD_IN_REDIS,
  /** A held eviction is struck off after it has been applied. */
  HELD_REMOVED_LAST,
  /** A held eviction is struck off only if it is still the one that was applied. */
  HELD_COMPARED;

  static EnumSet<Rule> all() {
    return EnumSet.allOf(Rule.class);
  }

  static EnumSet<Rule> without(Rule... off) {
    EnumSet<Rule> rules = all();
    for (Rule rule : off) {
      rules.remove(rule);
    }
    return rules;
  }

  /** Delete on change: entries carry no floors and evictions leave no trace. */
  static EnumSet<Rule> naive() {
    return without(
        OWN_TRANSACTION,
        TOMBSTONES,
        NEWER_SPARED,
        OLDER_REFUSED,
        REGISTERED_FIRST,
        UNREGISTERED_REFUSED,
        EVICT_IN_EMPTY_SCOPE,
        MARK,
        HIT_CHECKS_TOKEN);
  }
}
