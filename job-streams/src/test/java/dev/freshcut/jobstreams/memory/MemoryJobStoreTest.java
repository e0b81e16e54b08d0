package dev.freshcut.jobstreams.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is this store's own; the rest is in the conformance suite. */
class MemoryJobStoreTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final List<Priority> ORDER = List.of(Priority.values());
  private final SettableClock clock = new SettableClock(START);
  private final JobStore store = new MemoryJobStore(clock);

  @BeforeEach
  void register() {
    assertThat(store.beat("q", "w1", Duration.ofSeconds(15), 5).renewed()).isTrue();
  }

  @Test
  void aWaitEndsWhenAJobComesAndWhenTheClockHasMoved() throws Exception {
    Taken none = store.take("q", "w1", 10, ORDER);
    CompletableFuture<Void> first = waiting(none.cursor());
    store.enqueue("q", List.of(job("a", START.plusSeconds(60))));
    first.get(60, TimeUnit.SECONDS);

    Taken later = store.take("q", "w1", 10, ORDER);
    assertThat(later.jobs()).isEmpty();
    assertThat(later.idle()).isEqualTo(Duration.ofMinutes(1));
    store.beat("q", "w1", Duration.ofSeconds(90), 5);
    CompletableFuture<Void> second = waiting(later.cursor());
    clock.advance(later.idle());
    second.get(60, TimeUnit.SECONDS);
    assertThat(store.take("q", "w1", 10, ORDER).jobs()).hasSize(1);
  }

  private CompletableFuture<Void> waiting(String cursor) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            store.await("q", cursor, Duration.ofMinutes(1));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static NewJob job(String id, @Nullable Instant runAt) {
    return new NewJob(
        id,
        false,
        "kind",
        1,
        "{}",
        Priority.NORMAL,
        runAt,
        null,
        "g",
        null,
        Duration.ZERO,
        Duration.ofDays(14),
        Duration.ofHours(1));
  }
}
