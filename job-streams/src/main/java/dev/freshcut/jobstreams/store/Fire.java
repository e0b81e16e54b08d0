package dev.freshcut.jobstreams.store;

import java.time.Instant;

/**
 * One firing of a recurring schedule: of all who find it due, one enqueues the job.
 *
 * @param definition as the caller has it; ignored if the schedule is another by now, because the
 *     caller's timing would move it wrongly
 * @param due the firing; ignored if the schedule has moved on
 * @param next the firing after it
 * @param job its id names the schedule and {@code due}
 */
public record Fire(String schedule, String definition, Instant due, Instant next, NewJob job) {}
