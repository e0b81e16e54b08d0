package dev.freshcut.coherentcache.protocol;

/** What must hold in every state. */
enum Invariant {
  /** No entry shows a transaction that has not committed. */
  I0_COMMITTED_ONLY,
  /** Once a transaction's eviction has been applied, no entry of its pattern lacks it. */
  I1_NO_STALE_ENTRY,
  /** A replayed eviction removes nothing, and two evictions commute. */
  I2_ORDER_FREE,
  /** A read never returns a value that lacks the reader's token. */
  I3_TOKEN,
  /** When nothing is left to do, every entry equals a fresh load. */
  I4_FRESH_AT_REST,
  /** Every change before the stored position or watermark has been evicted or is held back. */
  PROGRESS_IS_TRUE,
  /** An entry never lacks what the floor of an earlier one vouched for. */
  MONOTONIC,
  /** No reader waits for ever. */
  NO_DEADLOCK
}
