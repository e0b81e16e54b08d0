package dev.freshcut.jobstreams.store;

import java.time.Duration;
import java.util.List;

/**
 * What a worker got when it asked for jobs.
 *
 * @param jobs at most as many as asked for
 * @param registered false if the worker has no lease, so that it was given nothing
 * @param idle how long nothing more will come by itself, at most an hour: until the next scheduled
 *     job, the end of a hold, or the next permit of the rate limit
 * @param cursor what {@link JobStore#await} is to wait beyond
 */
public record Taken(List<TakenJob> jobs, boolean registered, Duration idle, String cursor) {}
