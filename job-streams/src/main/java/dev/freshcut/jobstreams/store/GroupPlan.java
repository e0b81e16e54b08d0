package dev.freshcut.jobstreams.store;

import java.util.List;

/**
 * What is to wait in a group; see {@link dev.freshcut.jobstreams.Plan}.
 *
 * @param jobs at most {@link JobStore#MOST_JOBS}
 */
public record GroupPlan(String group, long stamp, List<NewJob> jobs) {
  public GroupPlan {
    jobs = List.copyOf(jobs);
  }
}
