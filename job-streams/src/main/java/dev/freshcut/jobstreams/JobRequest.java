package dev.freshcut.jobstreams;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job that somebody wants done.
 *
 * @param id names the job; the same id is stored once for as long as the job is kept or remembered.
 *     Without one a random id is drawn
 * @param runAt not before this instant; as soon as possible if absent
 * @param deadline not to be begun after this instant; it is then cancelled
 * @param group a key under which jobs are cancelled together
 * @param unique while a job with this key is waiting or running, and for {@code window} from its
 *     being enqueued, no other is accepted
 * @param window see {@code unique}; zero for only while it waits or runs
 * @param remember how long after its end the id still counts as stored; at most 366 days
 * @param retain how long after its end the job, with result and history, can be looked at; at most
 *     366 days
 */
public record JobRequest<P>(
    JobType<P> type,
    P payload,
    @Nullable String id,
    Priority priority,
    @Nullable Instant runAt,
    @Nullable Instant deadline,
    @Nullable String group,
    @Nullable String unique,
    Duration window,
    Duration remember,
    Duration retain) {
  /** How long a job is kept after its end unless it says otherwise. */
  public static final Duration RETAIN = Duration.ofHours(24);

  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the reason
   */
  public JobRequest {
    Objects.requireNonNull(type);
    Objects.requireNonNull(payload);
    Objects.requireNonNull(priority);
    checkOptional("id of a job", id);
    checkOptional("group", group);
    checkOptional("uniqueness key", unique);
    Spans.check("window", window);
    Spans.check("remember", remember);
    Spans.check("retain", retain);
  }

  /** As soon as possible, normal priority, a random id. */
  public static <P> JobRequest<P> of(JobType<P> type, P payload) {
    return new JobRequest<>(
        type,
        payload,
        null,
        Priority.NORMAL,
        null,
        null,
        null,
        null,
        Duration.ZERO,
        Duration.ZERO,
        RETAIN);
  }

  /** With an id that is the same whenever the same cause asks for the job. */
  public JobRequest<P> withId(String newId, Duration remembered) {
    return new JobRequest<>(
        type, payload, newId, priority, runAt, deadline, group, unique, window, remembered, retain);
  }

  public JobRequest<P> withPriority(Priority newPriority) {
    return new JobRequest<>(
        type, payload, id, newPriority, runAt, deadline, group, unique, window, remember, retain);
  }

  public JobRequest<P> at(Instant newRunAt) {
    return new JobRequest<>(
        type, payload, id, priority, newRunAt, deadline, group, unique, window, remember, retain);
  }

  public JobRequest<P> withDeadline(Instant newDeadline) {
    return new JobRequest<>(
        type, payload, id, priority, runAt, newDeadline, group, unique, window, remember, retain);
  }

  public JobRequest<P> inGroup(String newGroup) {
    return new JobRequest<>(
        type, payload, id, priority, runAt, deadline, newGroup, unique, window, remember, retain);
  }

  public JobRequest<P> uniqueBy(String key, Duration newWindow) {
    return new JobRequest<>(
        type, payload, id, priority, runAt, deadline, group, key, newWindow, remember, retain);
  }

  public JobRequest<P> retaining(Duration newRetain) {
    return new JobRequest<>(
        type, payload, id, priority, runAt, deadline, group, unique, window, remember, newRetain);
  }

  private static void checkOptional(String what, @Nullable String key) {
    if (key != null) {
      Names.checkKey(what, key);
    }
  }
}
