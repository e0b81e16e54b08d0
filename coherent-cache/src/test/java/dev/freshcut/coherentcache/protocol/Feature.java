package dev.freshcut.coherentcache.protocol;

/** What a scenario's world can do besides beginning, committing, loading and evicting. */
enum Feature {
  /** A commit record is seen by the connector some time before other sessions see its effects. */
  VISIBILITY_GAP,
  /** Transactions roll back. */
  ABORTS,
  /** Loads may go to a read replica that replays later. */
  REPLICA,
  /** A load, from begin to fill, is a single step. */
  ATOMIC_LOADS,
  /** Entries expire. */
  EXPIRY,
  /** The sweeper runs. */
  SWEEPER,
  /** The sweeper leaves base indexes alone. */
  BASES_STAY,
  /** Redis saves, and falls back to what it saved, once. */
  ROLLBACK,
  /** Redis loses a base index, once, as under memory pressure with an {@code allkeys} policy. */
  LOST_INDEX,
  /** Readers name tokens, read entries and join one another's loads. */
  TOKENS,
  /** One process loads a key at a time, the others wait; a loading process may crash. */
  LEASES,
  /** Evictions come from one worker that reads a log in order; otherwise in any order, any time. */
  LOG,
  /** The worker crashes and starts again. */
  CRASH,
  /** The evictions of the last index may be held back. */
  HELD,
  /** The worker publishes a watermark. */
  WATERMARK
}
