package dev.freshcut.jobstreams.schedule;

import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.Names;
import java.time.Instant;

/**
 * A job that comes again and again. Firings that were missed, because nobody was there, become one:
 * the latest.
 *
 * @param name unique within its queue
 * @param template the job; each firing's has the id {@code schedule:<name>:<firing, s since 1970>},
 *     and the firing as the time when it was due
 */
public record Schedule(String name, Timing timing, JobRequest<?> template) {
  /**
   * Checks the name, and that the template leaves id and time to the firings.
   *
   * @throws IllegalArgumentException with the reason
   */
  public Schedule {
    Names.check("name of a schedule", name);
    if (template.id() != null || template.runAt() != null || template.deadline() != null) {
      throw new IllegalArgumentException(
          "schedule " + name + ": its job's id and times come from each firing; leave them out");
    }
  }

  /** Where its jobs wait. */
  public String queue() {
    return template.type().queue();
  }

  JobRequest<?> firing(Instant due) {
    return template
        .withId("schedule:" + name + ":" + due.getEpochSecond(), template.remember())
        .at(due);
  }
}
