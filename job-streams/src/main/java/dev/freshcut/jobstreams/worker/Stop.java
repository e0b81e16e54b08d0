package dev.freshcut.jobstreams.worker;

/** Why an attempt is asked to end. */
enum Stop {
  CANCELLED,
  TIMED_OUT,
  LEASE_LOST,
  WORKER_STOPS
}
