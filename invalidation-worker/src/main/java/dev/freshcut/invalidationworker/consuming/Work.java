package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.invalidationworker.reading.RecordReader;
import dev.freshcut.invalidationworker.reading.Topics;
import dev.freshcut.invalidationworker.reading.Xids;
import dev.freshcut.invalidationworker.settings.WorkerSettings;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What all consumers of this process share. */
public record Work(
    WorkerSettings settings,
    Topics topics,
    RecordReader reader,
    Xids xids,
    CacheAccess cache,
    Horizons horizons,
    WorkerListener listener,
    Clock clock) {

  Backoff newBackoff() {
    return new Backoff(
        settings.retry().initial(), settings.retry().max(), RandomGenerator.getDefault());
  }
}
