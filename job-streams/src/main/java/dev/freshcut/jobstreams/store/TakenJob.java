package dev.freshcut.jobstreams.store;

import java.time.Instant;

/**
 * A job that a worker was given.
 *
 * @param lease names this attempt; whoever settles the job must show it. In Redis, the id of the
 *     stream's entry
 * @param attempt counts from 1
 */
public record TakenJob(
    String id,
    String lease,
    String type,
    int version,
    String payload,
    int attempt,
    Instant enqueuedAt,
    Instant dueAt) {}
