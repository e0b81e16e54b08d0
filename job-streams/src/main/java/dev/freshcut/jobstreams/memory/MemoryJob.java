package dev.freshcut.jobstreams.memory;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.TakenJob;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One job as it is now; guarded by its store's lock. */
final class MemoryJob {
  private static final int MOST_EVENTS = 50;

  final NewJob asked;
  final Instant enqueuedAt;
  private final Deque<JobRecord.Event> events = new ArrayDeque<>();

  JobState state = JobState.READY;
  Instant dueAt;
  @Nullable Instant deadline;

  /** Since when it has waited for a worker, if it does. */
  Instant readyAt;

  /** Rises with every change of state: the order of a list. */
  long order;

  /** Whether it was given back, and is to begin before others of its priority that wait. */
  boolean again;

  int attempts;
  int losses;
  boolean begun;

  /** Whether a plan cancelled it before it began: a later plan may revive it. */
  boolean revivable;

  /** Why it is to end, if somebody asked while it ran. */
  @Nullable String cancelAsked;

  /** When the first of those workers gave it back that did not know its kind. */
  @Nullable Instant unknownSince;

  @Nullable String lease;
  @Nullable String worker;
  @Nullable Instant startedAt;
  @Nullable Instant endedAt;
  int percent;
  @Nullable String note;
  @Nullable String result;
  @Nullable String reason;

  MemoryJob(NewJob asked, Instant now) {
    this.asked = asked;
    this.enqueuedAt = now;
    this.readyAt = now;
    this.dueAt = asked.runAt() == null ? now : millis(asked.runAt());
    this.deadline = deadline(asked);
  }

  static @Nullable Instant deadline(NewJob asked) {
    return asked.deadline() == null ? null : millis(asked.deadline());
  }

  static Instant millis(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  String id() {
    return asked.id();
  }

  boolean waits() {
    return state == JobState.READY || state == JobState.SCHEDULED;
  }

  void event(Instant at, String what, String detail) {
    if (events.size() == MOST_EVENTS) {
      events.removeFirst();
    }
    events.addLast(new JobRecord.Event(at, what, detail));
  }

  TakenJob taken(String newLease) {
    return new TakenJob(
        id(),
        newLease,
        asked.type(),
        asked.version(),
        asked.payload(),
        attempts,
        enqueuedAt,
        dueAt,
        unknownSince);
  }

  JobRecord toRecord() {
    return new JobRecord(
        id(),
        asked.type(),
        asked.version(),
        asked.payload(),
        state,
        asked.priority(),
        asked.group(),
        asked.unique(),
        attempts,
        losses,
        enqueuedAt,
        dueAt,
        deadline,
        startedAt,
        endedAt,
        worker,
        percent,
        note,
        result,
        reason,
        List.copyOf(events));
  }
}
