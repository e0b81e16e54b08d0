package dev.freshcut.jobstreams.crash;

import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a job of the crash test is to do.
 *
 * @param number names it
 * @param millis how long it takes
 * @param failures how many attempts are to fail
 */
record Task(int number, int millis, int failures) {
  static final String QUEUE = "tasks";
  private static final List<Priority> PRIORITIES = List.of(Priority.values());
  static final JobType<Task> TYPE = JobType.of(QUEUE, "task", Task.class);

  /** So short that the test need not wait, and so many attempts that none is given up. */
  static final RetryPolicy POLICY =
      new RetryPolicy(100, Duration.ofMillis(50), Duration.ofMillis(200), 0.5, List.of());

  /** Most take no time, some a while, and a few longer than a lease. */
  static Task draw(int number, SplittableRandom random) {
    int kind = random.nextInt(100);
    int millis = kind < 80 ? 0 : kind < 98 ? random.nextInt(1, 200) : random.nextInt(1_000, 3_000);
    return new Task(number, millis, random.nextInt(20) == 0 ? random.nextInt(1, 3) : 0);
  }

  String id() {
    return "task-" + number;
  }

  JobRequest<Task> request() {
    Priority priority = PRIORITIES.get(number % PRIORITIES.size());
    return JobRequest.of(TYPE, this)
        .withId(id(), Duration.ofHours(1))
        .withPriority(priority)
        .retaining(Duration.ofHours(1));
  }
}
