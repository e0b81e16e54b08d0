package dev.freshcut.jobstreams.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.memory.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final JobType<Note> NOTE = JobType.of("notes", "write", Note.class);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  record Note(String text) {}

  @Test
  void everythingThatIsHeardIsCounted() {
    JobListener listener = new MicrometerJobListener(registry);
    listener.enqueued("notes", "write", new Enqueued.Known("1"));
    listener.started("notes", "write", Duration.ofSeconds(2));
    listener.ended("notes", "write", JobListener.End.RETRIED, Duration.ofSeconds(3));
    listener.ended("notes", "write", JobListener.End.RETRIED, Duration.ofSeconds(3));
    listener.recovered("notes", 4, 1);
    listener.storeFailed("notes", "take");

    assertThat(
            registry
                .get("freshcut.jobs.enqueued")
                .tags("queue", "notes", "type", "write", "answer", "known")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("freshcut.jobs.waited").timer().totalTime(TimeUnit.SECONDS))
        .isEqualTo(2);
    assertThat(registry.get("freshcut.jobs.attempts").tag("end", "retried").timer().count())
        .isEqualTo(2);
    assertThat(registry.get("freshcut.jobs.recovered").counter().count()).isEqualTo(4);
    assertThat(registry.get("freshcut.jobs.buried").counter().count()).isEqualTo(1);
    assertThat(registry.get("freshcut.jobs.store.failures").tag("call", "take").counter().count())
        .isEqualTo(1);
  }

  @Test
  void gaugesTellTheQueueOnceInAWhile() {
    SettableClock clock = new SettableClock(Instant.parse("2026-03-02T09:00:00Z"));
    MemoryJobStore store = new MemoryJobStore(clock);
    StoredJobs jobs = new StoredJobs(store, Payloads.defaults(), JobListener.NONE);
    AtomicLong nanos = new AtomicLong();
    new QueueGauges(store, Set.of("notes"), nanos::get).bindTo(registry);
    jobs.enqueue(JobRequest.of(NOTE, new Note("a")).withPriority(Priority.BULK));
    jobs.enqueue(JobRequest.of(NOTE, new Note("b")).at(clock.instant().plusSeconds(90)));
    clock.advance(Duration.ofSeconds(30));
    store.pause("notes");

    assertThat(registry.get("freshcut.jobs.ready").tag("priority", "bulk").gauge().value())
        .isEqualTo(1);
    assertThat(value("scheduled")).isEqualTo(1);
    assertThat(value("oldest.seconds")).isEqualTo(30);
    assertThat(value("stopped")).isEqualTo(1);
    assertThat(value("dead") + value("kept") + value("running") + value("workers")).isZero();

    store.resume("notes");
    assertThat(value("stopped")).as("not asked again at once").isEqualTo(1);
    nanos.addAndGet(QueueGauges.FRESH.toNanos() + 1);
    assertThat(value("stopped")).isZero();
  }

  private double value(String name) {
    return registry.get("freshcut.jobs." + name).tag("queue", "notes").gauge().value();
  }
}
