package dev.freshcut.jobstreams.memory;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.JobStore.Cancelled;
import dev.freshcut.jobstreams.store.Page;
import dev.freshcut.jobstreams.store.QueueStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What operators ask of a queue. */
final class Operating {
  private Operating() {}

  static Cancelled cancel(MemoryQueue queue, String id, String reason, Instant now) {
    MemoryJob job = queue.jobs.get(id);
    if (job == null) {
      return Cancelled.UNKNOWN;
    }
    if (job.state.ended()) {
      return Cancelled.ENDED;
    }
    if (job.waits()) {
      queue.cancel(job, reason, now);
      return Cancelled.CANCELLED;
    }
    if (job.cancelAsked == null) {
      job.cancelAsked = reason;
      job.event(now, "cancel asked", reason);
    }
    return Cancelled.ASKED;
  }

  static int cancelGroup(MemoryQueue queue, String group, String reason, Instant now) {
    List<MemoryJob> members =
        queue.jobs.values().stream()
            .filter(job -> !job.state.ended() && group.equals(job.asked.group()))
            .toList();
    members.forEach(job -> cancel(queue, job.id(), reason, now));
    return members.size();
  }

  static void redrive(MemoryQueue queue, MemoryJob job, Instant now) {
    job.event(now, "redriven", Objects.requireNonNullElse(job.reason, ""));
    queue.again(job, now, now);
  }

  /** Dead jobs, the oldest first. */
  static Stream<MemoryJob> dead(MemoryQueue queue) {
    return queue.jobs.values().stream()
        .filter(job -> job.state == JobState.DEAD)
        .sorted(Comparator.comparingLong(job -> job.order));
  }

  static Page list(MemoryQueue queue, JobState state, @Nullable String cursor, int limit) {
    Position after = cursor == null ? null : Position.parse(cursor);
    List<MemoryJob> jobs =
        queue.jobs.values().stream()
            .filter(job -> job.state == state)
            .filter(job -> after == null || Position.of(job).compareTo(after) > 0)
            .sorted(Comparator.comparing(Position::of))
            .limit(limit + 1L)
            .toList();
    boolean more = jobs.size() > limit;
    return new Page(
        jobs.stream().limit(limit).map(MemoryJob::toRecord).toList(),
        more ? Position.of(jobs.get(limit - 1)).text() : null);
  }

  static QueueStatus status(String name, MemoryQueue queue, Instant now) {
    Map<Priority, Long> ready = new EnumMap<>(Priority.class);
    queue.ready.forEach((priority, jobs) -> ready.put(priority, (long) jobs.size()));
    long ended =
        queue.jobs.values().stream()
            .filter(job -> job.state == JobState.DONE || job.state == JobState.CANCELLED)
            .count();
    Duration oldest =
        queue.ready.values().stream()
            .flatMap(jobs -> jobs.values().stream())
            .map(job -> Duration.between(job.readyAt, now))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    MemoryQueue.Counts counts = queue.counts;
    return new QueueStatus(
        name,
        ready,
        queue.scheduled.size(),
        queue.scheduled.stream().filter(job -> !job.dueAt.isAfter(now)).count(),
        queue.running.size(),
        ended,
        dead(queue).count(),
        oldest,
        (int) queue.workers.values().stream().filter(end -> end.isAfter(now)).count(),
        queue.paused,
        queue.heldUntil != null && queue.heldUntil.isAfter(now) ? queue.heldUntil : null,
        queue.limit,
        new QueueStatus.Counters(
            counts.enqueued,
            counts.done,
            counts.retried,
            counts.dead,
            counts.cancelled,
            counts.lost,
            counts.released,
            counts.postponed));
  }

  /** A job's place in the list of its state. */
  private record Position(long time, long order) implements Comparable<Position> {
    static Position of(MemoryJob job) {
      return switch (job.state) {
        case READY, RUNNING, DEAD -> new Position(0, job.order);
        case SCHEDULED -> new Position(job.dueAt.toEpochMilli(), job.order);
        case DONE, CANCELLED -> new Position(0, -job.order);
      };
    }

    static Position parse(String text) {
      String[] parts = text.split("_", -1);
      try {
        return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[parts.length - 1]));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("cursor is not one that a page gave", e);
      }
    }

    String text() {
      return time + "_" + order;
    }

    @Override
    public int compareTo(Position other) {
      return Comparator.comparingLong(Position::time)
          .thenComparingLong(Position::order)
          .compare(this, other);
    }
  }
}
