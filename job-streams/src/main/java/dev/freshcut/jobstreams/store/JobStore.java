package dev.freshcut.jobstreams.store;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the jobs of queues. Every operation is atomic, is safe to repeat after an answer that was
 * lost, and uses the store's own clock, so that workers' clocks need not agree. All of them throw
 * {@link StoreUnavailableException} when the store does not answer in time; the operation may then
 * have happened.
 *
 * <p>Two things are not safe to repeat. A job whose id was drawn and that is not kept after its end
 * leaves nothing behind: a request that is repeated once the job is done stores another. And {@link
 * #redriveAll} and {@link #purge} are, each time, about so many more.
 *
 * <p>A job that was taken is the worker's for as long as the worker beats: the lease belongs to the
 * worker, not to the job, so a long job costs nothing. Every take gives a new lease id; an end told
 * with an earlier one is refused. What is taken back waits before all others of its priority.
 */
public interface JobStore {
  /** Most jobs in one call. */
  int MOST_JOBS = 500;

  // Producers

  /** Stores jobs of one queue, in their order. */
  List<Enqueued> enqueue(String queue, List<NewJob> jobs);

  /** A number above all that were drawn from this queue before. */
  long stamp(String queue);

  /**
   * Makes groups' waiting jobs equal to plans, one after the other; see {@link
   * dev.freshcut.jobstreams.Plan}. Each is atomic for itself.
   *
   * @param remember how long the stamps count
   * @param plans at most {@link #MOST_JOBS}, of as many jobs in all
   */
  List<Planned> plan(String queue, Duration remember, List<GroupPlan> plans);

  /** Makes one group's waiting jobs equal to these. */
  default Planned plan(
      String queue, String group, long stamp, Duration remember, List<NewJob> jobs) {
    return plan(queue, remember, List.of(new GroupPlan(group, stamp, jobs))).get(0);
  }

  /**
   * What a plan changed.
   *
   * @param accepted false if a plan with the same or a higher stamp came before
   * @param answers what became of its jobs, in their order; none if it was not accepted
   * @param cancelled jobs of the group that it does not have
   */
  record Planned(boolean accepted, List<Enqueued> answers, int cancelled) {
    /** Copies the answers. */
    public Planned {
      answers = List.copyOf(answers);
    }
  }

  // Workers

  /**
   * Begins or renews a worker's lease, and takes back jobs of workers that were lost. That an
   * attempt was lost is counted apart from attempts.
   *
   * @param worker a name that no other worker has, nor had
   * @param lease 1 ms to 1 day
   * @param mostLosses a job that is lost more often becomes a dead letter
   */
  Beat beat(String queue, String worker, Duration lease, int mostLosses);

  /** Ends a worker's lease; what it still holds is taken back at once. */
  void leave(String queue, String worker);

  /**
   * Takes ready jobs; due ones become ready first, and those past their deadline are cancelled.
   *
   * @param most how many, 1 to {@link #MOST_JOBS}
   * @param order which priorities are looked at, one after the other
   */
  Taken take(String queue, String worker, int most, List<Priority> order);

  /**
   * Waits until there may be something to take beyond a cursor, for as long as given at most. May
   * return early for no reason.
   */
  void await(String queue, String cursor, Duration atMost) throws InterruptedException;

  /**
   * Ends attempts.
   *
   * @return for each whether it was accepted; not, if the lease is not the job's latest
   */
  List<Boolean> settle(String queue, String worker, List<Settlement> settlements);

  /** Notes how far jobs are; those whose lease has gone are passed over. */
  void progress(String queue, List<Progress> progress);

  // Recurring schedules

  /**
   * Makes a schedule known. One that is known with the same definition keeps its next firing.
   *
   * @param definition any text; a new one moves the next firing to {@code next}
   */
  void schedule(String queue, String name, String definition, Instant next);

  /** Forgets a schedule; false if it is unknown. */
  boolean unschedule(String queue, String name);

  /** Each schedule's next firing. */
  Map<String, Instant> schedules(String queue);

  /**
   * Moves a schedule on and enqueues its job.
   *
   * @return what became of the job; empty if somebody else fired it, or has defined it anew
   */
  Optional<Enqueued> fire(String queue, Fire fire);

  // Operators

  /** One job, unless it never was or is no longer kept. */
  Optional<JobRecord> find(String queue, String id);

  /**
   * Jobs in one state. Ready, running and dead ones come oldest first, scheduled ones by their
   * time, ended ones by their end, latest first.
   *
   * @param cursor {@link Page#next} of the page before; the beginning if absent
   * @param limit 1 to {@link #MOST_JOBS}
   */
  Page list(String queue, JobState state, @Nullable String cursor, int limit);

  QueueStatus status(String queue);

  /** Cancels a job that waits; asks the worker to cancel one that runs. */
  Cancelled cancel(String queue, String id, String reason);

  /** What became of a request to cancel. */
  enum Cancelled {
    CANCELLED,
    /** It runs; its worker will learn of it with its next heartbeat. */
    ASKED,
    /** It has ended already. */
    ENDED,
    UNKNOWN
  }

  /** Cancels every job of a group that waits, and asks for those that run; returns how many. */
  int cancelGroup(String queue, String group, String reason);

  /** Makes a scheduled job ready at once; false if it is not scheduled. */
  boolean runNow(String queue, String id);

  /** Makes a dead job ready again, with all its attempts before it; false if it is not dead. */
  boolean redrive(String queue, String id);

  /** Redrives the oldest dead jobs, at most so many; returns how many. */
  int redriveAll(String queue, int most);

  /** Removes dead jobs that died before this instant, at most so many; returns how many. */
  int purge(String queue, Instant diedBefore, int most);

  /** Nothing is begun until {@link #resume}; what runs goes on. */
  void pause(String queue);

  /** Also ends a hold. */
  void resume(String queue);

  /** Sets or, with null, lifts the queue's rate limit. */
  void limit(String queue, @Nullable RateLimit limit);

  /**
   * Forgets ended jobs, ids and plans whose time has passed, some at a time; true if more remain.
   */
  boolean sweep(String queue);

  /** The store's time. */
  Instant now(String queue);
}
