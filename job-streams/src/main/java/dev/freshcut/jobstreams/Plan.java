package dev.freshcut.jobstreams;

import java.util.List;

/**
 * All that is to be done later because of one thing, as one look at it told. The store makes the
 * group's waiting jobs equal to the plan: those that the plan lacks are cancelled, those that it
 * has stay, a job that an earlier plan's successor cancelled is revived, and one that has begun or
 * ended is left alone. A plan is ignored where one with the same or a higher stamp was accepted:
 * replays, duplicates and looks that overtake one another are settled by comparing two integers.
 *
 * <p>A job that stays and has not begun takes the plan's time and deadline; all else of it
 * (payload, priority, how long it is kept) is as it was stored first. An attempt that was given
 * back, because its handler was throttled or postponed it, or its worker stopped, is no beginning;
 * one that was lost may be.
 *
 * @param group the thing
 * @param stamp drawn from the queue ({@link Jobs#stamp}) before the look: whoever drew later has
 *     seen at least as much
 * @param jobs of one queue, each with an id that says what it is for, at most 100; none if nothing
 *     is to be done any more; those that it stores become members of {@code group}, and one that
 *     was stored before stays in the group that it has, or in none
 */
public record Plan(String queue, String group, long stamp, List<JobRequest<?>> jobs) {
  /** Most jobs of a plan. */
  public static final int MOST_JOBS = 100;

  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the reason
   */
  public Plan {
    Names.check("queue", queue);
    Names.checkKey("group", group);
    jobs = List.copyOf(jobs);
    if (jobs.size() > MOST_JOBS) {
      throw new IllegalArgumentException(
          "a plan of " + jobs.size() + " jobs: at most " + MOST_JOBS);
    }
    for (JobRequest<?> job : jobs) {
      if (job.id() == null) {
        throw new IllegalArgumentException(
            "a plan with a job without id: the id tells whether it is done already");
      }
      if (!job.type().queue().equals(queue)) {
        throw new IllegalArgumentException(
            "a plan of queue " + queue + " with a job of queue " + job.type().queue());
      }
    }
  }
}
