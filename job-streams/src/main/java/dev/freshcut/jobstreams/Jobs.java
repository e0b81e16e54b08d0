package dev.freshcut.jobstreams;

import java.util.List;

/** Where producers ask for jobs. */
public interface Jobs {
  /** Stores one job. */
  Enqueued enqueue(JobRequest<?> job);

  /** Stores jobs, in as few calls as their queues allow; answers come in their order. */
  List<Enqueued> enqueue(List<JobRequest<?>> jobs);

  /** A number above all that were drawn from this queue before; see {@link Plan}. */
  long stamp(String queue);

  /** Makes a group's waiting jobs equal to a plan; false if this one or a later came before. */
  default boolean plan(Plan plan) {
    return plan(List.of(plan)).get(0);
  }

  /** The same with plans, in as few calls as their queues allow; answers come in their order. */
  List<Boolean> plan(List<Plan> plans);

  /** Cancels every job of a group that has not begun, and asks for those that run. */
  int cancelGroup(String queue, String group, String reason);
}
