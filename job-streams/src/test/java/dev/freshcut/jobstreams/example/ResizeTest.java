package dev.freshcut.jobstreams.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.memory.SettableClock;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.worker.JobWorker;
import dev.freshcut.jobstreams.worker.WorkerSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResizeTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T09:00:00Z"));
  private final MemoryJobStore store = new MemoryJobStore(clock);
  private final StoredJobs jobs = new StoredJobs(store, Payloads.defaults(), JobListener.NONE);
  private final FlakyImages images = new FlakyImages();

  /** Fails the first time; makes nothing twice for one key. */
  static final class FlakyImages implements Resize.Images {
    final Set<String> made = ConcurrentHashMap.newKeySet();
    private boolean failed;

    @Override
    public boolean exists(String image) {
      return !image.equals("gone.png");
    }

    @Override
    public synchronized void resize(String image, int width, String key) throws IOException {
      if (!failed) {
        failed = true;
        throw new IOException("disk is busy");
      }
      made.add(key);
    }
  }

  @BeforeAll
  static void allowForSlowMachines() {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  @Test
  void aFailureIsTriedAgain() {
    try (JobWorker worker =
        new JobWorker(
            "images",
            store,
            Resize.handlers(images),
            WorkerSettings.defaults(),
            JobListener.NONE,
            clock)) {
      worker.start();
      String id = jobs.enqueue(new Resize("cat.png", 200).request()).id();
      assertThat(jobs.enqueue(new Resize("cat.png", 200).request()))
          .isEqualTo(new Enqueued.Known(id));

      await().until(() -> job(id).state() == JobState.SCHEDULED);
      clock.advance(Duration.ofMinutes(1));
      await().until(() -> job(id).state() == JobState.DONE);
      assertThat(job(id).attempts()).isEqualTo(2);
      assertThat(images.made).containsExactly("resize:cat.png:200");
    }
  }

  private JobRecord job(String id) {
    return store.find("images", id).orElseThrow();
  }
}
