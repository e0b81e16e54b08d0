package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.RetryPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who does which jobs. */
public final class Handlers {
  /** How long an attempt may take unless its registration says otherwise. */
  public static final Duration TIMEOUT = Duration.ofMinutes(5);

  private static final Duration LONGEST = Duration.ofDays(1);

  private final Map<Key, Registration<?>> byType;

  private Handlers(Map<Key, Registration<?>> byType) {
    this.byType = Map.copyOf(byType);
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * All of these together.
   *
   * @throws IllegalArgumentException if two have a handler of the same type
   */
  public static Handlers of(Collection<Handlers> some) {
    Builder all = builder();
    some.forEach(handlers -> handlers.byType.forEach(all::add));
    return all.build();
  }

  /** The queues that have a handler here. */
  public Set<String> queues() {
    Set<String> queues = new TreeSet<>();
    byType.keySet().forEach(key -> queues.add(key.queue()));
    return queues;
  }

  @Nullable Registration<?> find(String queue, String type) {
    return byType.get(new Key(queue, type));
  }

  private record Key(String queue, String type) {}

  /** Collects handlers. */
  public static final class Builder {
    private final Map<Key, Registration<?>> byType = new LinkedHashMap<>();

    private Builder() {}

    /** With {@link RetryPolicy#defaults} and a timeout of {@link #TIMEOUT}. */
    public <P> Builder add(JobType<P> type, JobHandler<P> handler) {
      return add(type, RetryPolicy.defaults(), TIMEOUT, handler);
    }

    /**
     * Adds a handler.
     *
     * @param timeout after which an attempt is asked to end and counts as failed, 1 ms to 1 day
     * @throws IllegalArgumentException if the type has a handler already, or the timeout is out of
     *     bounds
     */
    public <P> Builder add(
        JobType<P> type, RetryPolicy policy, Duration timeout, JobHandler<P> handler) {
      return add(type, policy, timeout, Map.of(), handler);
    }

    /**
     * Adds a handler that also reads earlier payloads.
     *
     * @param upgrades by version, what makes the next version's payload out of one; an earlier
     *     version without is read as it is
     */
    public <P> Builder add(
        JobType<P> type,
        RetryPolicy policy,
        Duration timeout,
        Map<Integer, UnaryOperator<JsonNode>> upgrades,
        JobHandler<P> handler) {
      if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "timeout of job type " + type.name() + " is " + timeout + ": from 1 ms to 1 day");
      }
      add(
          new Key(type.queue(), type.name()),
          new Registration<>(type, policy, timeout, Map.copyOf(upgrades), handler));
      return this;
    }

    private void add(Key key, Registration<?> registration) {
      if (byType.putIfAbsent(key, registration) != null) {
        throw new IllegalArgumentException(
            "job type " + key.type() + " of queue " + key.queue() + " has two handlers");
      }
    }

    public Handlers build() {
      return new Handlers(byType);
    }
  }
}
