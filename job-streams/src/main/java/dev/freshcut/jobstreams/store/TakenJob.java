package dev.freshcut.jobstreams.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that a worker was given.
 *
 * @param lease names this attempt; whoever settles the job must show it. In Redis, the id of the
 *     stream's entry
 * @param attempt counts from 1
 * @param unknownSince when the first of those workers gave it back that did not know its kind; null
 *     if the last one that ended an attempt did
 */
public record TakenJob(
    String id,
    String lease,
    String type,
    int version,
    String payload,
    int attempt,
    Instant enqueuedAt,
    Instant dueAt,
    @Nullable Instant unknownSince) {}
