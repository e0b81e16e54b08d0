package dev.freshcut.jobstreams.store;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one job.
 *
 * @param attempts that were begun and counted: not those that were given back or lost
 * @param losses how often a worker was lost while it ran
 * @param events what happened to it beyond the ordinary (failures, losses, cancellation, redrive),
 *     oldest first, the latest 50
 */
public record JobRecord(
    String id,
    String type,
    int version,
    String payload,
    JobState state,
    Priority priority,
    @Nullable String group,
    @Nullable String unique,
    int attempts,
    int losses,
    Instant enqueuedAt,
    Instant dueAt,
    @Nullable Instant deadline,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String worker,
    int percent,
    @Nullable String note,
    @Nullable String result,
    @Nullable String reason,
    List<Event> events) {
  /** Something that happened to a job. */
  public record Event(Instant at, String what, String detail) {}
}
