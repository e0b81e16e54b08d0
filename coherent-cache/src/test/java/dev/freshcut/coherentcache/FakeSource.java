package dev.freshcut.coherentcache;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A database whose snapshot the test sets. */
final class FakeSource implements SnapshotSource {
  volatile Snapshot snapshot = Snapshot.parse("100:100:");
  volatile boolean insideReadWriteTransaction;

  @Override
  public <T extends @Nullable Object> Loaded<T> load(Callable<T> loader) throws Exception {
    Snapshot taken = snapshot;
    return new Loaded<>(loader.call(), taken);
  }

  @Override
  public boolean insideReadWriteTransaction() {
    return insideReadWriteTransaction;
  }
}
