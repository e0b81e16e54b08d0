package dev.freshcut.jobstreams;

import java.util.Objects;

/**
 * A kind of job: where it waits and how its payload is written.
 *
 * @param queue the queue whose workers run it
 * @param name unique within the queue
 * @param version of the payload's form, 1 or more; raised when an older worker could not read it
 * @param payload a record that Jackson reads and writes as JSON
 */
public record JobType<P>(String queue, String name, int version, Class<P> payload) {
  /**
   * Checks the names' form.
   *
   * @throws IllegalArgumentException with the reason
   */
  public JobType {
    Names.check("queue", queue);
    Names.check("name of a job type", name);
    if (version < 1) {
      throw new IllegalArgumentException(
          "version of job type " + name + " is " + version + ": count from 1");
    }
    Objects.requireNonNull(payload);
  }

  /** The first version of a kind of job. */
  public static <P> JobType<P> of(String queue, String name, Class<P> payload) {
    return new JobType<>(queue, name, 1, payload);
  }
}
