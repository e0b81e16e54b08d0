package dev.freshcut.jobstreams.micrometer;

import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.QueueStatus;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What waits in queues, as gauges by queue: {@code freshcut.jobs.ready} (by priority too), {@code
 * .scheduled}, {@code .overdue}, {@code .running}, {@code .dead}, {@code .kept}, {@code
 * .oldest.seconds}, {@code .workers} and {@code .stopped} (1 while paused or held). The store is
 * asked once for all of a queue's, at most every {@link #FRESH}; while it is away they are NaN.
 */
public final class QueueGauges implements MeterBinder {
  /** How old a value may be. */
  static final Duration FRESH = Duration.ofSeconds(5);

  private final JobStore store;
  private final Set<String> queues;
  private final LongSupplier nanos;

  public QueueGauges(JobStore store, Set<String> queues) {
    this(store, queues, System::nanoTime);
  }

  QueueGauges(JobStore store, Set<String> queues, LongSupplier nanos) {
    this.store = store;
    this.queues = Set.copyOf(queues);
    this.nanos = nanos;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (String queue : queues) {
      Latest latest = new Latest(queue);
      for (Priority priority : Priority.values()) {
        Gauge.builder(
                "freshcut.jobs.ready",
                latest,
                of(status -> Objects.requireNonNullElse(status.ready().get(priority), 0L)))
            .tags("queue", queue, "priority", priority.name().toLowerCase(Locale.ROOT))
            .strongReference(true)
            .register(registry);
      }
      gauge(registry, latest, "scheduled", QueueStatus::scheduled);
      gauge(registry, latest, "overdue", QueueStatus::overdue);
      gauge(registry, latest, "running", QueueStatus::running);
      gauge(registry, latest, "dead", QueueStatus::dead);
      gauge(registry, latest, "kept", QueueStatus::ended);
      gauge(registry, latest, "oldest.seconds", status -> status.oldest().toMillis() / 1000.0);
      gauge(registry, latest, "workers", QueueStatus::workers);
      gauge(
          registry, latest, "stopped", status -> status.paused() || status.held() != null ? 1 : 0);
    }
  }

  private static void gauge(
      MeterRegistry registry, Latest latest, String name, ToDoubleFunction<QueueStatus> value) {
    Gauge.builder("freshcut.jobs." + name, latest, of(value))
        .tags("queue", latest.queue)
        .strongReference(true)
        .register(registry);
  }

  private static ToDoubleFunction<Latest> of(ToDoubleFunction<QueueStatus> value) {
    return latest -> {
      QueueStatus status = latest.get();
      return status == null ? Double.NaN : value.applyAsDouble(status);
    };
  }

  /** One queue's status, a little old. */
  private final class Latest {
    private final String queue;
    private @Nullable QueueStatus status;
    private long askedNanos;
    private boolean asked;

    Latest(String queue) {
      this.queue = queue;
    }

    synchronized @Nullable QueueStatus get() {
      long now = nanos.getAsLong();
      if (!asked || now - askedNanos > FRESH.toNanos()) {
        asked = true;
        try {
          status = store.status(queue);
        } catch (StoreUnavailableException e) {
          status = null;
        }
        askedNanos = nanos.getAsLong();
      }
      return status;
    }
  }
}
