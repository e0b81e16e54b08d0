package dev.freshcut.jobstreams.worker;

/** A worker's life: each state leads to the next one only, or straight from new to stopped. */
enum WorkerState {
  NEW,
  /** Takes jobs whenever it has room and a lease. */
  RUNNING,
  /** Takes none, and waits for what runs. */
  DRAINING,
  STOPPED;

  boolean leadsTo(WorkerState next) {
    return switch (this) {
      case NEW -> next == RUNNING || next == STOPPED;
      case RUNNING -> next == DRAINING;
      case DRAINING -> next == STOPPED;
      case STOPPED -> false;
    };
  }
}
