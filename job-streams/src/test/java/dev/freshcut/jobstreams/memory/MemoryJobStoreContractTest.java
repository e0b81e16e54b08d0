package dev.freshcut.jobstreams.memory;

import dev.freshcut.jobstreams.store.Bench;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.JobStoreContract;
import java.time.Instant;

class MemoryJobStoreContractTest implements JobStoreContract {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T09:00:00Z"));
  private final JobStore store = new MemoryJobStore(clock);
  private final Bench bench = new Bench(store, () -> store, clock::advance);

  @Override
  public Bench bench() {
    return bench;
  }
}
